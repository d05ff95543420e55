"""Writes tiffPictures.reference.json: small TIFF files and the pictures that they hold.

The files are written by tifffile 2026.3.3 and imagecodecs 2026.3.6, and the pictures are computed here by NumPy:
python tiffPictures.reference.py
"""

import base64
import io
import json
import pathlib

import numpy as np
import tifffile

HEIGHT, WIDTH = 5, 19
y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
grey = x / (WIDTH - 1) + 0 * y
colour = np.stack([grey, y / (HEIGHT - 1), (x + y) % 7 / 6], -1)
infrared = (y * 50 + x)[..., None] / 255
alpha = (x * 13 % 256)[..., None]
cases = {}


def as_rgb(values):
    return np.repeat(values[..., None], 3, -1) if values.ndim == 2 else values


def bytes_of(values, dtype, top):
    return np.round(values * top).astype(dtype)


def add(name, array, shown, **options):
    """`shown` is from 0, black, to 1, white."""
    file = io.BytesIO()
    options.setdefault("photometric", "minisblack" if shown.ndim == 2 else "rgb")
    tifffile.imwrite(file, array, metadata=None, **options)
    rgb = np.clip(np.round(as_rgb(shown) * 255), 0, 255).astype("u1")
    cases[name] = {
        "tiff": base64.b64encode(file.getvalue()).decode(),
        "width": rgb.shape[1],
        "height": rgb.shape[0],
        "rgb": base64.b64encode(np.ascontiguousarray(rgb).tobytes()).decode(),
    }


deep = bytes_of(colour, "u2", 4095)
for compression in ("lzw", "deflate", "packbits"):
    add(f"12 bits in 16, {compression}", deep, colour, compression=compression)
    add(f"float, {compression}", colour.astype("f4"), colour, compression=compression)
for compression in ("lzw", "deflate"):
    add(f"12 bits in 16, {compression}, predicted", deep, colour, compression=compression, predictor=True)
    for size in (2, 4, 8):
        add(
            f"float of {size} bytes, {compression}, predicted",
            colour.astype(f"f{size}"),
            colour,
            compression=compression,
            predictor=True,
        )
add("8 bits in 16", bytes_of(grey, "u2", 255), grey)
add("the full range of 16 bits", bytes_of(grey, "u2", 65535), grey)
add("most of the range of 16 bits", bytes_of(grey * 0.75, "u2", 65535), grey * 0.75)
add("int8", bytes_of(grey, "i1", 100) - 50, bytes_of(grey, "u1", 100) / 100)
add("int16", bytes_of(grey * 2000 - 1000, "i2", 1), grey)
add("int32", bytes_of(grey * 2e6 - 1e6, "i4", 1), grey)
add("uint32", bytes_of(grey, "u4", 100000), grey)
add("uint64", bytes_of(grey, "u8", 100000), grey)
add("float16", grey.astype("f2"), grey)
add("float64", grey.astype("f8"), grey)
add("float from 0 to 255", (colour * 255).astype("f4"), colour)
add("float of any range", (colour * 5000 - 100).astype("f4"), colour)
holes = grey.astype("f4")
holes[1:3, 4:8] = np.nan
add("not a number", holes, np.where(np.isnan(holes), 1, grey))
height = (grey * 500 + 100).astype("f4")
height[1:3, 4:8] = -9999
add("no data", height, np.where(height < 0, 1, grey), extratags=[(42113, "s", 0, "-9999", True)])
add("white is zero", deep[..., 0], 1 - colour[..., 0], photometric="miniswhite")
add("big-endian", deep, colour, byteorder=">", compression="deflate", predictor=True)
add("big-endian float", colour.astype("f4"), colour, byteorder=">", compression="lzw", predictor=True)
add("BigTIFF", deep, colour, bigtiff=True)
add("tiles", deep, colour, tile=(16, 16), compression="deflate")
add("strips", deep, colour, rowsperstrip=2, compression="lzw")
add("planes", np.moveaxis(deep, -1, 0), colour, planarconfig="separate")
add("planes of tiles", np.moveaxis(deep, -1, 0), colour, planarconfig="separate", tile=(16, 16), compression="lzw")

eight = bytes_of(colour, "u1", 255)
band = bytes_of(infrared, "u1", 255)
four = np.concatenate([eight, band], -1)
five = np.concatenate([four, band], -1)
add("near infrared", four, colour, extrasamples=["unspecified"])
add("near infrared of 16 bits", four.astype("u2") * 257, colour, extrasamples=["unspecified"])
add("near infrared of zeros", np.concatenate([eight, 0 * band], -1), colour, extrasamples=["unspecified"])
add("five bands", five, colour, extrasamples=["unspecified"] * 2)
add("bands tagged grey", five, colour, photometric="minisblack", planarconfig="contig", extrasamples=["unspecified"] * 4)
add(
    "planes tagged grey",
    np.moveaxis(five, -1, 0),
    colour,
    photometric="minisblack",
    planarconfig="separate",
    extrasamples=["unspecified"] * 4,
)
opacity = alpha / 255
over_white = colour * opacity + 1 - opacity
byte_alpha = alpha.astype("u1")
add("alpha", np.concatenate([eight, byte_alpha], -1), over_white, extrasamples=["unassalpha"])
add("alpha of 16 bits", np.concatenate([eight, byte_alpha], -1).astype("u2") * 257, over_white, extrasamples=["unassalpha"])
add(
    "premultiplied alpha",
    np.concatenate([bytes_of(colour * opacity, "u1", 255), byte_alpha], -1),
    over_white,
    extrasamples=["assocalpha"],
)
add(
    "alpha after infrared",
    np.concatenate([four, byte_alpha], -1),
    over_white,
    extrasamples=["unspecified", "unassalpha"],
)
turned = {
    2: colour[:, ::-1],
    3: colour[::-1, ::-1],
    4: colour[::-1],
    5: colour.swapaxes(0, 1),
    6: np.rot90(colour, -1),
    7: np.rot90(colour, 2).swapaxes(0, 1),
    8: np.rot90(colour),
}
for orientation, shown in turned.items():
    add(f"orientation {orientation}", deep, shown, extratags=[(274, "H", 1, orientation, True)])

text = json.dumps(cases, indent=1)
pathlib.Path(__file__).with_name("tiffPictures.reference.json").write_text(text + "\n")
