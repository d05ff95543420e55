"""The training step of ../step.ts in PyTorch, channels last, to compare with. For each
line with a count of steps that it reads it prints seconds a step, and seconds of processor time a step. Usage: python step.py HEIGHT WIDTH CHANNELS THREADS"""
import sys
import time

import torch
from torch import nn
from torch.nn import functional

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


step()
print('ready', flush=True)
for line in sys.stdin:
    steps = int(line)
    start, processor = time.perf_counter(), time.process_time()
    for _ in range(steps):
        step()
    print((time.perf_counter() - start) / steps, (time.process_time() - processor) / steps, flush=True)
