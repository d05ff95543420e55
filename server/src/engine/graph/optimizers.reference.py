"""Writes optimizers.reference.json: the weights after each of five steps of PyTorch's optimizers on a small least-squares
problem, in float64. Usage: python optimizers.reference.py. Needs torch. The problem is that of optimizers.test.ts."""
import json
import pathlib

import torch

OPTIMIZERS = {
    'sgd': lambda weights: torch.optim.SGD(weights, lr=0.1),
    'sgd with momentum': lambda weights: torch.optim.SGD(weights, lr=0.1, momentum=0.9),
    'sgd with nesterov momentum and decay': lambda weights: torch.optim.SGD(weights, lr=0.1, momentum=0.9, weight_decay=0.01, nesterov=True),
    'adam': lambda weights: torch.optim.Adam(weights, lr=0.05),
    'adam with decoupled decay': lambda weights: torch.optim.AdamW(weights, lr=0.05, weight_decay=0.1),
    'adam with decay': lambda weights: torch.optim.Adam(weights, lr=0.05, betas=(0.8, 0.99), weight_decay=0.1),
}

results = {}
for name, make in OPTIMIZERS.items():
    weight = torch.tensor([0.5, -1.0, 2.0], dtype=torch.float64, requires_grad=True)
    optimizer = make([weight])
    rows = []
    for _ in range(5):
        optimizer.zero_grad()
        ((weight * torch.tensor([1.0, 2.0, -0.5], dtype=torch.float64) - 1) ** 2).mean().backward()
        optimizer.step()
        rows.append([round(value, 7) for value in weight.tolist()])
    results[name] = rows
lines = ',\n'.join(f'  {json.dumps(name)}: {json.dumps(rows)}' for name, rows in results.items())
pathlib.Path(__file__).with_suffix('.json').write_text(f'{{\n{lines}\n}}\n')
