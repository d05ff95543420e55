"""Writes imageView.reference.json: TIFF files of many values and bands, and percentiles of their values.

The files are written by tifffile 2026.3.3, and the percentiles are computed by NumPy 2.4.6:
python imageView.reference.py
"""

import base64
import io
import json
import pathlib

import numpy as np
import tifffile

HEIGHT, WIDTH = 7, 20
y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
bands = np.stack([100 * b + 37 * x + 11 * y * (b + 1) for b in range(6)], -1).astype(np.uint16)
grey = (1000 + 3 * x * y).astype(np.uint16)
special = (grey / 500.0).astype(np.float32)
special[0, :4] = [np.nan, np.inf, -np.inf, 1e38]


def tiff(*pages, **options):
    file = io.BytesIO()
    with tifffile.TiffWriter(file) as writer:
        for page in pages:
            writer.write(page, metadata=None, **options)
    return base64.b64encode(file.getvalue()).decode()


def percentiles(values):
    values = values[np.isfinite(values)].astype(np.float64)
    return [float(np.percentile(values, p)) for p in (0.5, 2, 50, 99.5)]


reference = {
    "bands": {"tiff": tiff(bands, photometric="minisblack", planarconfig="contig"), "percentiles": percentiles(bands[..., [3, 2, 1]])},
    "planes": {
        "tiff": tiff(np.moveaxis(bands, -1, 0), photometric="minisblack", planarconfig="separate"),
        "percentiles": percentiles(bands[..., [3, 2, 1]]),
    },
    "grey": {"tiff": tiff(grey, photometric="minisblack"), "percentiles": percentiles(grey)},
    "special": {"tiff": tiff(special, photometric="minisblack"), "percentiles": percentiles(special)},
    "pages": {"tiff": tiff(grey, grey[:5, :9] + 7, grey * 2, photometric="minisblack"), "percentiles": percentiles(grey[:5, :9] + 7)},
}
file = pathlib.Path(__file__).with_suffix(".json")
file.write_text(json.dumps(reference, indent=2) + "\n")
