"""Writes halfFloat.reference.json: float32 values and the bits of NumPy's nearest 16-bit floats.

Run with NumPy: python halfFloat.reference.py
"""

import json
import pathlib

import numpy as np

generator = np.random.default_rng(1)
spread = (generator.standard_normal(150) * 10.0 ** generator.uniform(-9, 5, 150)).astype(np.float32)
halves = generator.integers(0, 0x7bff, 60).astype(np.uint16)
between = (halves.view(np.float16).astype(np.float32) + (halves + 1).astype(np.uint16).view(np.float16)) / 2
edges = np.array([0, -0.0, 65504, 65519.996, 65520, -65520, 1e30, 2**-14, 2**-24, 2**-25, 2**-25 * 1.0001, 2**-26])
values = np.concatenate([spread, between, np.nextafter(between, 0), edges]).astype(np.float32)
with np.errstate(over='ignore'):
    bits = values.astype(np.float16).view(np.uint16)
reference = {'numpy': np.__version__, 'values': [float(value) for value in values], 'bits': bits.tolist()}
pathlib.Path(__file__).with_name('halfFloat.reference.json').write_text(json.dumps(reference) + '\n')
