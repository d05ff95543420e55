"""The training step of `efficientnet-lite0` in PyTorch, channels last, for ../adapt-step.ts to compare with: batch
normalisation of the encoder is folded into its convolutions, AdamW has two rates.
Usage: python adapt_step_lite0.py THREADS"""
import sys

import torch
from torch import nn
from torch.nn import functional

from segmentation_step import answer_training

torch.set_num_threads(int(sys.argv[1]))
torch.manual_seed(1)
CLASSES, BATCH, WIDTH, HEIGHT, DECODER = 11, 4, 160, 120, 64
# expansion, filter size, stride, channels, repeats (EfficientNet: Tan and Le, ICML 2019, table 1)
STAGES = [
    (1, 3, 1, 16, 1), (6, 3, 2, 24, 2), (6, 5, 2, 40, 2), (6, 3, 2, 80, 3),
    (6, 5, 1, 112, 3), (6, 5, 2, 192, 4), (6, 3, 1, 320, 1),
]
TAPPED = (0, 1, 2, 4, 6)


class Same(nn.Module):
    """A convolution padded as in TensorFlow."""
    def __init__(self, inputs, outputs, size, stride=1, groups=1):
        super().__init__()
        self.size, self.stride = size, stride
        self.convolution = nn.Conv2d(inputs, outputs, size, stride, groups=groups)
        nn.init.kaiming_uniform_(self.convolution.weight, nonlinearity='relu')
        nn.init.zeros_(self.convolution.bias)

    def forward(self, x):
        pads = []
        for side in (x.shape[3], x.shape[2]):
            total = max((-(-side // self.stride) - 1) * self.stride + self.size - side, 0)
            pads += [total // 2, total - total // 2]
        if len(set(pads)) > 1:
            return self.convolution(functional.pad(x, pads))
        weight, bias, groups = self.convolution.weight, self.convolution.bias, self.convolution.groups
        return functional.conv2d(x, weight, bias, self.stride, pads[0], 1, groups)


class Bottleneck(nn.Module):
    def __init__(self, inputs, expansion, size, stride, outputs):
        super().__init__()
        wide = inputs * expansion
        self.expand = Same(inputs, wide, 1) if expansion > 1 else None
        self.depthwise = Same(wide, wide, size, stride, wide)
        self.project = Same(wide, outputs, 1)
        self.is_residual = stride == 1 and inputs == outputs

    def forward(self, x):
        wide = functional.relu6(self.expand(x)) if self.expand else x
        y = self.project(functional.relu6(self.depthwise(wide)))
        return x + y if self.is_residual else y


def normalised(inputs, size):
    return nn.Sequential(nn.Conv2d(inputs, DECODER, size, padding=size // 2, bias=False), nn.BatchNorm2d(DECODER))


def upsampled(x, like):
    return functional.interpolate(x, like.shape[2:], mode='bilinear')


class EfficientNetLite0(nn.Module):
    """networks/efficientnetLite0.ts."""
    def __init__(self):
        super().__init__()
        self.encoder = nn.ModuleDict({'stem': Same(3, 32, 3, 2), 'stages': nn.ModuleList()})
        channels = 32
        for expansion, size, stride, outputs, repeats in STAGES:
            blocks = [Bottleneck(channels, expansion, size, stride, outputs)]
            blocks += [Bottleneck(outputs, expansion, size, 1, outputs) for _ in range(repeats - 1)]
            self.encoder['stages'].append(nn.Sequential(*blocks))
            channels = outputs
        self.lateral = nn.ModuleList([normalised(STAGES[stage][3], 1) for stage in TAPPED])
        self.smooth = nn.ModuleList([normalised(DECODER, 3) for _ in range(3)])
        self.classes = nn.Conv2d(DECODER, CLASSES, 1)

    def forward(self, x):
        y, levels = functional.relu6(self.encoder['stem'](x)), []
        for stage, blocks in enumerate(self.encoder['stages']):
            y = blocks(y)
            if stage in TAPPED:
                levels.append(y)
        y = functional.relu(self.lateral[4](levels[4]))
        for level in (3, 2, 1):
            y = self.lateral[level](levels[level]) + upsampled(y, levels[level])
            y = functional.relu(self.smooth[level - 1](functional.relu(y)))
        y = functional.relu(self.lateral[0](levels[0]) + upsampled(y, levels[0]))
        return upsampled(self.classes(y), x)


network = EfficientNetLite0().to(memory_format=torch.channels_last)
encoder = list(network.encoder.parameters())
others = [weight for name, weight in network.named_parameters() if not name.startswith('encoder.')]
optimizer = torch.optim.AdamW([{'params': encoder, 'lr': 0.0003}, {'params': others, 'lr': 0.002}], weight_decay=0.01)
answer_training(network, optimizer, (BATCH, HEIGHT, WIDTH), CLASSES)
