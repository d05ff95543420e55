"""Writes scribbleLoss.reference.json: loss curve of a training with scribbles, from PyTorch.

Network, initial weights and picture are those of training.reference.json; similarity counts on pixels without a stroke alone.
Run in an environment with torch: python scribbleLoss.reference.py
"""
import json
import os

import torch
from torch.nn import functional

STEPS, MOMENTUM, RATE = 12, 0.9, 0.1
SIMILARITY, CONTINUITY, SCRIBBLE = 0.8, 0.6, 0.5

folder = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(folder, "training.reference.json")) as file:
    reference = json.load(file)
height, width, blocks = reference["height"], reference["width"], reference["blocks"]
weights = {name: torch.tensor(entry["data"], dtype=torch.float64).reshape(entry["shape"]).requires_grad_() for name, entry in reference["weights"].items()}
picture = torch.tensor(reference["picture"], dtype=torch.float64).reshape(1, 3, height, width)

scribbles = torch.full((height, width), -1)
scribbles[1, 1:5] = 0
scribbles[7:9, 8] = 2
scribbles[4, 6:11] = 1


def respond(x):
    for layer in range(1, blocks + 2):
        filters = weights[f"filter{layer}"]
        x = functional.conv2d(x, filters, weights[f"bias{layer}"], padding=filters.shape[2] // 2)
        if layer <= blocks:
            x = torch.relu(x)
        x = functional.batch_norm(x, None, None, weights[f"scale{layer}"], weights[f"shift{layer}"], training=True)
    return x


def loss_of(response):
    rows = response[0].permute(1, 2, 0).reshape(-1, response.shape[1])
    flat = scribbles.flatten()
    drawn = torch.nonzero(flat >= 0).flatten()
    free = torch.nonzero(flat < 0).flatten()
    labels = rows.argmax(1)
    similarity = functional.cross_entropy(rows[free], labels[free])
    scribble = functional.cross_entropy(rows[drawn], flat[drawn])
    vertical = (response[:, :, 1:] - response[:, :, :-1]).abs().mean()
    horizontal = (response[:, :, :, 1:] - response[:, :, :, :-1]).abs().mean()
    return SIMILARITY * similarity + CONTINUITY * (vertical + horizontal) + SCRIBBLE * scribble


optimizer = torch.optim.SGD(weights.values(), lr=RATE, momentum=MOMENTUM)
curve = []
for _ in range(STEPS):
    optimizer.zero_grad()
    loss = loss_of(respond(picture))
    loss.backward()
    optimizer.step()
    curve.append(round(float(loss.detach()), 7))

with open(os.path.join(folder, "scribbleLoss.reference.json"), "w") as file:
    json.dump({"scribbles": scribbles.flatten().tolist(), "weights": [SIMILARITY, CONTINUITY, SCRIBBLE], "curve": curve}, file)
    file.write("\n")
