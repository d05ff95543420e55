"""Writes losses.reference.json: the losses of testing/lossCases.ts and their derivatives along three directions, computed by
PyTorch in float64. Usage: python losses.reference.py. Needs torch and numpy."""
import json
import math
import pathlib
from types import SimpleNamespace

import numpy
import torch
from torch.nn import functional
from torch.nn.utils.spectral_norm import SpectralNorm

SHAPES = [[2, 3, 32, 40], [2, 3, 32, 40], [4, 3, 4, 4]]
SCALES = [4, 4, 0.35]


def case_values(count, salt):
    """The same numbers as caseValues of ../graph/testing/gradientCase.ts."""
    order = list(range(count))
    seed = 97 + salt
    for index in range(count - 1, 0, -1):
        seed = seed * 16807 % 2147483647
        other = seed % (index + 1)
        order[index], order[other] = order[other], order[index]
    values = numpy.array([(2 * rank + 1.5 + 0.1 * salt) / count - 1 for rank in order], numpy.float32)
    return torch.tensor(values.astype(numpy.float64))


def normalised(weight):
    """The filter divided by its largest singular value, after one step of PyTorch's own power iteration from (1, 1, …)."""
    rows, columns = weight.flatten(1).shape
    layer = SimpleNamespace(weight_orig=weight, weight_u=torch.ones(rows, dtype=torch.float64), weight_v=torch.ones(columns, dtype=torch.float64))
    return SpectralNorm('weight').compute_weight(layer, do_power_iteration=True)


def discriminate(x, first, norm):
    made = 1
    def fixed(*shape):
        nonlocal made
        scale = 0.1 if len(shape) == 1 else math.sqrt(6 / math.prod(shape[1:]))
        made += 1
        return case_values(math.prod(shape), made - 1).reshape(shape) * scale
    channels = 3
    for index, filters in enumerate([4, 8, 16, 32]):
        weight = first if index == 0 else fixed(filters, channels, 4, 4)
        x = functional.leaky_relu(functional.conv2d(x, norm(weight), fixed(filters), stride=2, padding=1), 0.2)
        channels = filters
    weight = fixed(1, channels, 4, 4)
    return functional.conv2d(x, norm(weight), fixed(1), stride=2, padding=1)


def self_information(probabilities):
    return -probabilities * torch.log(probabilities) / math.log(probabilities.shape[1])


def domain_loss(gan, logits, domain):
    wanted = torch.full_like(logits, domain)
    return functional.binary_cross_entropy_with_logits(logits, wanted) if gan == 'vanilla' else functional.mse_loss(logits, wanted)


def adversarial(gan, view, norm):
    return lambda source, target, first: domain_loss(gan, discriminate(view(target.softmax(1)), first, norm), 0)


def discriminator(gan, view, norm):
    return lambda source, target, first: (
        domain_loss(gan, discriminate(view(source.softmax(1)).detach(), first, norm), 0)
        + domain_loss(gan, discriminate(view(target.softmax(1)).detach(), first, norm), 1)) / 2


def entropy(source, target, first):
    return self_information(target.softmax(1)).sum(1).mean()


def mixture(source, target, first, balanced=False):
    pixel = torch.arange(2 * 32 * 40)
    labels = torch.where(pixel % 7 == 6, torch.tensor(255), pixel % 3).reshape(2, 32, 40)
    mask = (pixel // 5 % 2).reshape(2, 32, 40)
    confidence, pseudo = target.softmax(1).max(1)
    weights = torch.where(mask == 1, 1.0, (confidence > 0.9).double().mean((1, 2), keepdim=True))
    by_class = None
    if balanced:
        shares = torch.stack([(labels == index).double().mean() for index in range(3)])
        by_class = (shares + 0.001) ** -0.5
        by_class = by_class / ((by_class * shares).sum() / shares.sum())
    mixed = torch.where(mask == 1, labels, pseudo)
    losses = functional.cross_entropy(source, mixed, weight=by_class, ignore_index=255, reduction='none')
    return (losses * weights).mean()


def class_weights():
    pixel = torch.arange(2 * 32 * 40)
    uneven = torch.where(pixel % 11 == 10, 255, torch.where(pixel % 50 == 0, 2, (pixel % 3 == 0).long())).reshape(2, 32, 40)
    shares = torch.stack([(uneven == index).double().mean() for index in range(3)])
    return uneven, (shares + 0.001) ** -0.5


def balanced(source, target, first):
    labels, weights = class_weights()
    return functional.cross_entropy(source, labels, weight=weights, ignore_index=255)


def feature_distance(source, target, first):
    pixel = torch.arange(2 * 63 * 79)
    labelled = (pixel % 7 != 6).double().reshape(2, 1, 63, 79)
    # The last row and column of cells are not whole: the mean is over the pixels that there are.
    share = functional.avg_pool2d(labelled, 2, ceil_mode=True, count_include_pad=False)[:, 0]
    distance = torch.linalg.vector_norm(source - target, dim=1)
    return distance[share > 0.75].mean()


CASES = {'entropy by the target': (1, entropy), 'self-training on a mixture by the network': (0, mixture),
         'self-training on a mixture with balanced classes by the network': (0, lambda *logits: mixture(*logits, True)),
         'balanced segmentation by the network': (0, balanced),
         'distance of features by the network': (0, feature_distance)}
def same(x):
    return x


for gan, views, view, norm in [('vanilla', 'probabilities', same, same), ('least-squares', 'probabilities', same, same), ('vanilla', 'self-information', self_information, same), ('vanilla', 'spectral norm', same, normalised)]:
    CASES[f'{gan}, {views}: adversarial loss by the target'] = (1, adversarial(gan, view, norm))
    CASES[f'{gan}, {views}: discriminator loss by its weights'] = (2, discriminator(gan, view, norm))

results = {}
for name, (by, build) in CASES.items():
    inputs = [(case_values(math.prod(shape), salt).float() * SCALES[salt]).double().reshape(shape).requires_grad_() for salt, shape in enumerate(SHAPES)]
    loss = build(*inputs)
    gradient, = torch.autograd.grad(loss, [inputs[by]])
    directions = [case_values(gradient.numel(), salt) for salt in (10, 11, 12)]
    results[name] = {'value': round(loss.item(), 9), 'derivatives': [round((gradient.flatten() * d).sum().item(), 9) for d in directions]}
pathlib.Path(__file__).with_suffix('.json').write_text(json.dumps(results, indent=1) + '\n')
