"""The training step of ../step.ts in PyTorch, channels last, to compare with.
Usage: python step.py HEIGHT WIDTH CHANNELS THREADS"""
import sys

import torch
from torch import nn
from torch.nn import functional

from timed_steps import answer

height, width, channels, threads = map(int, sys.argv[1:5])
torch.set_num_threads(threads)
torch.manual_seed(1)
network = nn.Sequential(
    nn.Conv2d(3, channels, 3, padding=1), nn.ReLU(), nn.BatchNorm2d(channels),
    nn.Conv2d(channels, channels, 3, padding=1), nn.ReLU(), nn.BatchNorm2d(channels),
    nn.Conv2d(channels, channels, 1), nn.BatchNorm2d(channels),
).to(memory_format=torch.channels_last)
optimizer = torch.optim.SGD(network.parameters(), lr=0.1, momentum=0.9)
image = torch.rand(1, 3, height, width).to(memory_format=torch.channels_last)


def step():
    optimizer.zero_grad()
    response = network(image)
    labels = response.argmax(1)
    down = (response[:, :, 1:] - response[:, :, :-1]).abs().mean()
    right = (response[:, :, :, 1:] - response[:, :, :, :-1]).abs().mean()
    loss = functional.cross_entropy(response, labels) + down + right
    loss.backward()
    optimizer.step()
    return loss.item(), labels.numpy()


answer(step)
