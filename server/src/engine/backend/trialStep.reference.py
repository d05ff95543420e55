"""Prints the losses that trialStep.ts expects: python trialStep.reference.py (needs numpy and torch)."""
import numpy as np
import torch
import torch.nn.functional as F

C, H, W = 24, 64, 96


def numbers(shape, seed):
    i = np.arange(int(np.prod(shape)), dtype=np.int64)
    values = ((i * 7919 + seed * 104729) % 1009 / 1009 - 0.5).astype(np.float32)
    return torch.tensor(values.reshape(shape), dtype=torch.float64)


filters = [numbers((C, 3, 3, 3), 1).requires_grad_(), numbers((C, C, 1, 1), 2).requires_grad_()]
affine = [(torch.ones(C, dtype=torch.float64, requires_grad=True), torch.zeros(C, dtype=torch.float64, requires_grad=True)) for _ in filters]
x = numbers((1, 3, H, W), 3)
optimizer = torch.optim.SGD([*filters, *(p for pair in affine for p in pair)], lr=0.1, momentum=0.9)
for step in range(3):
    hidden = F.batch_norm(F.relu(F.conv2d(x, filters[0], padding=1)), None, None, *affine[0], training=True)
    response = F.batch_norm(F.conv2d(hidden, filters[1]), None, None, *affine[1], training=True)
    loss = F.cross_entropy(response, response.argmax(1))
    loss = loss + (response[:, :, 1:] - response[:, :, :-1]).abs().mean() + (response[..., 1:] - response[..., :-1]).abs().mean()
    print(f"{loss.item():.7f}")
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
