"""Writes torchFile.reference.json: a file of torch.save in its form from before version 1.6, and what is in it.

Run with PyTorch: python torchFile.reference.py
"""

import base64
import collections
import io
import json
import pathlib

import torch

grid = torch.arange(24, dtype=torch.float32).reshape(1, 2, 3, 4) / 8 - 1
tensors = collections.OrderedDict(
    rows=grid,
    transposed=grid.permute(3, 0, 2, 1),
    piece=grid[0, 1, 1:],
    scalar=torch.tensor(-0.1),
    none=torch.zeros(0, 3),
    counter=torch.tensor(7),
)
file = io.BytesIO()
torch.save(tensors, file, _use_new_zipfile_serialization=False)
reference = {
    'torch': torch.__version__,
    'file': base64.b64encode(file.getvalue()).decode(),
    'tensors': {
        name: {'shape': list(tensor.shape), 'data': tensor.flatten().tolist()}
        for name, tensor in tensors.items()
        if name != 'counter'
    },
}
pathlib.Path(__file__).with_name('torchFile.reference.json').write_text(json.dumps(reference, indent=1) + '\n')
