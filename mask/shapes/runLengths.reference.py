# Makes runLengths.reference.json: random shapes and COCO's own encoding of each, packed and not.
# Usage: python runLengths.reference.py   (needs numpy and pycocotools)
import json
import pathlib

import numpy as np
from pycocotools import mask

random = np.random.default_rng(7)
cases = []
for height, width, kind in [(1, 1, 1), (5, 7, 0), (9, 4, 0), (40, 60, 2), (300, 200, 2), (3, 1000, 0)]:
    shape = random.random((height, width)) < 0.4 if kind == 0 else np.ones((height, width), bool)
    if kind == 2:
        y, x = np.mgrid[:height, :width]
        shape = (x - width / 3) ** 2 + (y - height / 2) ** 2 < (height / 4) ** 2
    packed = mask.encode(np.asfortranarray(shape.astype(np.uint8)))
    counts, last, run = [], 0, 0
    for value in shape.flatten(order="F"):
        if value != last:
            counts.append(run)
            last, run = value, 0
        run += 1
    counts.append(run)
    cases.append({"width": width, "height": height, "packed": packed["counts"].decode(), "counts": [int(count) for count in counts],
                  "pixels": np.flatnonzero(shape).tolist() if height * width < 100 else int(np.flatnonzero(shape).sum())})
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(cases) + "\n")
