"""Writes localContrast.reference.json: what CLAHE makes of a grey image, by OpenCV 5.0.0, at some of its pixels.

The image is large: OpenCV gives what is left of the excess to the darkest levels, at most 255 pixels a tile.
python localContrast.reference.py
"""

import json
import pathlib

import cv2
import numpy as np

WIDTH, HEIGHT, STEP = 2048, 1024, 9973
y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
image = 60 + x // 32 + 12 * ((x // 70 + y // 50) % 3) + (x * y) % 11 + 60 * ((x > 1200) & (y > 500))
image = image.astype(np.uint8)

results = [
    {"limit": limit, "values": cv2.createCLAHE(clipLimit=limit, tileGridSize=(8, 8)).apply(image).ravel()[::STEP].tolist()}
    for limit in (2.0, 4.0, 8.0)
]
reference = {"width": WIDTH, "height": HEIGHT, "step": STEP, "results": results}
file = pathlib.Path(__file__).with_suffix(".json")
file.write_text(json.dumps(reference) + "\n")
