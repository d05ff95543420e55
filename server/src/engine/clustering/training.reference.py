"""Writes training.reference.json: initial weights, input and loss curves of both published training steps, from PyTorch.

Run in an environment with torch and numpy: python training.reference.py
"""
import json
import os

import numpy as np
import torch
from torch import nn

HEIGHT, WIDTH, CHANNELS, BLOCKS, STEPS = 10, 12, 6, 2, 12


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.convolutions = nn.ModuleList(
            [nn.Conv2d(3 if i == 0 else CHANNELS, CHANNELS, 3, padding=1) for i in range(BLOCKS)] + [nn.Conv2d(CHANNELS, CHANNELS, 1)])
        self.norms = nn.ModuleList([nn.BatchNorm2d(CHANNELS) for _ in range(BLOCKS + 1)])

    def forward(self, x):
        for i in range(BLOCKS):
            x = self.norms[i](torch.relu(self.convolutions[i](x)))
        return self.norms[BLOCKS](self.convolutions[BLOCKS](x))


def weights(net):
    named = {}
    for i in range(BLOCKS + 1):
        for name, value in (("filter", net.convolutions[i].weight), ("bias", net.convolutions[i].bias),
                            ("scale", net.norms[i].weight), ("shift", net.norms[i].bias)):
            named[f"{name}{i + 1}"] = {"shape": list(value.shape), "data": [round(float(v), 6) for v in value.detach().flatten()]}
    return named


def load(net, named):
    with torch.no_grad():
        for i in range(BLOCKS + 1):
            for name, value in (("filter", net.convolutions[i].weight), ("bias", net.convolutions[i].bias),
                                ("scale", net.norms[i].weight), ("shift", net.norms[i].bias)):
                entry = named[f"{name}{i + 1}"]
                value.copy_(torch.tensor(entry["data"], dtype=torch.float64).reshape(entry["shape"]))


def train(named, picture, superpixels):
    net = Net().double()
    load(net, named)
    net.train()
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9)
    curve = []
    for _ in range(STEPS):
        optimizer.zero_grad()
        response = net(picture)
        labels = response.argmax(1)
        if superpixels is None:
            loss = nn.functional.cross_entropy(response, labels)
            loss = loss + (response[:, :, 1:] - response[:, :, :-1]).abs().mean()
            loss = loss + (response[:, :, :, 1:] - response[:, :, :, :-1]).abs().mean()
        else:
            flat = labels.flatten().clone()
            for region in superpixels.unique():
                flat[superpixels == region] = torch.bincount(flat[superpixels == region], minlength=CHANNELS).argmax()
            loss = nn.functional.cross_entropy(response, flat.reshape(labels.shape))
        loss.backward()
        optimizer.step()
        curve.append(round(float(loss.detach()), 7))
    return curve


torch.manual_seed(3)
random = np.random.default_rng(3)
# Four plain quarters with noise: something that has segments.
quarters = random.random((3, 2, 2)).repeat(HEIGHT // 2, 1).repeat(WIDTH // 2, 2)
picture = np.round(quarters + 0.1 * random.standard_normal((3, HEIGHT, WIDTH)), 5)
superpixels = (np.arange(HEIGHT)[:, None] // 4 * 3 + np.arange(WIDTH)[None, :] // 4)
named = weights(Net())
tensor = torch.tensor(picture)[None]
flat = torch.tensor(superpixels.flatten())
result = {
    "width": WIDTH, "height": HEIGHT, "channels": CHANNELS, "blocks": BLOCKS, "weights": named,
    "picture": picture.flatten().tolist(), "superpixels": superpixels.flatten().tolist(),
    "continuity": train(named, tensor, None), "superpixel": train(named, tensor, flat),
}
path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "training.reference.json")
with open(path, "w") as file:
    json.dump(result, file)
    file.write("\n")
