"""The training step of `compact` in PyTorch, channels last, for ../adapt-step.ts to compare with.
Usage: python adapt_step_compact.py THREADS"""
import sys

import torch
from torch import nn
from torch.nn import functional

from segmentation_step import answer_training

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
answer_training(network, optimizer, (BATCH, HEIGHT, WIDTH), CLASSES)
