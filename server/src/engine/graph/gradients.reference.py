"""Writes gradients.reference.json: values and gradients, computed by PyTorch in float64, of the operators that tfjs cannot
differentiate. Usage: python gradients.reference.py. Needs torch and numpy. The inputs are those of testing/gradientCase.ts."""
import json
import pathlib

import numpy
import torch
from torch.nn import functional


def case_values(shape, salt):
    """The same numbers as caseValues of testing/gradientCase.ts."""
    count = int(numpy.prod(shape))
    order = list(range(count))
    seed = 97 + salt
    for index in range(count - 1, 0, -1):
        seed = seed * 16807 % 2147483647
        other = seed % (index + 1)
        order[index], order[other] = order[other], order[index]
    values = numpy.array([(2 * rank + 1.5 + 0.1 * salt) / count - 1 for rank in order], numpy.float32)
    return torch.tensor(values.astype(numpy.float64)).reshape(shape)


def convolution(**options):
    return lambda x, w: functional.conv2d(x, w, **options)


CASES = {
    'dilated convolution': ([[2, 3, 6, 5], [2, 3, 3, 3]], convolution(padding=2, dilation=2)),
    'dilated convolution with stride': ([[2, 3, 6, 5], [2, 3, 3, 3]], convolution(padding=2, dilation=2, stride=2)),
    'grouped convolution': ([[2, 4, 5, 4], [6, 2, 3, 3]], convolution(padding=1, groups=2)),
    'depthwise convolution': ([[2, 3, 5, 4], [3, 1, 3, 3]], convolution(padding=1, groups=3)),
    'depthwise convolution with stride': ([[1, 3, 5, 6], [6, 1, 3, 3]], convolution(padding=1, groups=3, stride=2)),
    'dilated depthwise convolution': ([[2, 3, 7, 6], [3, 1, 3, 3]], convolution(padding=2, dilation=2, groups=3)),
    'average pooling with padding': ([[1, 2, 6, 5]], lambda x: functional.avg_pool2d(x, 3, 2, 1)),
    'bilinear resize': ([[2, 2, 3, 4]], lambda x: functional.interpolate(x, (5, 7), mode='bilinear', align_corners=False)),
    'bilinear resize to a smaller size': ([[1, 2, 7, 5]], lambda x: functional.interpolate(x, (3, 4), mode='bilinear', align_corners=False)),
    'nearest resize': ([[2, 2, 3, 4]], lambda x: functional.interpolate(x, (6, 8), mode='nearest')),
    'slice with steps': ([[2, 7]], lambda x: x[:, 1:6:2]),
    'slice with a step that ends inside': ([[9]], lambda x: x[0:6:4]),
    'matmul with broadcasting': ([[3, 4], [2, 4, 2]], torch.matmul),
}

results = {}
for name, (shapes, function) in CASES.items():
    inputs = [case_values(shape, salt).requires_grad_() for salt, shape in enumerate(shapes)]
    value = function(*inputs)
    (value * case_values(value.shape, 7)).sum().backward()
    rounded = lambda tensor: [round(number, 7) for number in tensor.flatten().tolist()]
    results[name] = {'value': rounded(value), 'gradients': [rounded(tensor.grad) for tensor in inputs]}
lines = ',\n'.join(f'  {json.dumps(name)}: {json.dumps(result, separators=(",", ":"))}' for name, result in results.items())
pathlib.Path(__file__).with_suffix('.json').write_text(f'{{\n{lines}\n}}\n')
