"""The training step of ../adapt-step.ts in PyTorch, channels last, for it to compare with. For each line with a count of steps
that it reads it prints seconds a step, and seconds of processor time a step. Usage: python adapt_step.py THREADS"""
import sys
import time

import torch
from torch import nn
from torch.nn import functional

torch.set_num_threads(int(sys.argv[1]))
torch.manual_seed(1)
CHANNELS, CLASSES, BATCH, WIDTH, HEIGHT = 24, 11, 4, 160, 120


def block(inputs, outputs, stride=1, dilation=1):
    return nn.Sequential(nn.Conv2d(inputs, outputs, 3, stride, dilation, dilation, bias=False), nn.BatchNorm2d(outputs), nn.ReLU())


class Compact(nn.Module):
    """networks/compact.ts."""
    def __init__(self, c):
        super().__init__()
        self.to_half = nn.Sequential(block(3, c), block(c, 2 * c, 2), block(2 * c, 2 * c))
        self.to_quarter = nn.Sequential(block(2 * c, 4 * c, 2), block(4 * c, 4 * c))
        self.to_eighth = nn.Sequential(block(4 * c, 4 * c, 2), block(4 * c, 4 * c, 1, 2), block(4 * c, 4 * c, 1, 4))
        self.up3, self.up2, self.classes = block(8 * c, 2 * c), block(4 * c, c), nn.Conv2d(c, CLASSES, 1)

    def forward(self, x):
        def join(coarse, fine):
            return torch.cat([functional.interpolate(coarse, fine.shape[2:], mode='bilinear'), fine], 1)
        half = self.to_half(x)
        quarter = self.to_quarter(half)
        logits = self.classes(self.up2(join(self.up3(join(self.to_eighth(quarter), quarter)), half)))
        return functional.interpolate(logits, x.shape[2:], mode='bilinear')


network = Compact(CHANNELS).to(memory_format=torch.channels_last)
optimizer = torch.optim.Adam(network.parameters(), lr=0.002, weight_decay=0.0005)
images = torch.randn(BATCH, 3, HEIGHT, WIDTH).to(memory_format=torch.channels_last)
labels = torch.randint(0, CLASSES, (BATCH, HEIGHT, WIDTH))


def step():
    optimizer.zero_grad()
    loss = functional.cross_entropy(network(images), labels, ignore_index=255)
    loss.backward()
    optimizer.step()
    return loss.item()


step()
print('ready', flush=True)
for line in sys.stdin:
    steps = int(line)
    start, processor = time.perf_counter(), time.process_time()
    for _ in range(steps):
        step()
    print((time.perf_counter() - start) / steps, (time.process_time() - processor) / steps, flush=True)
