"""Selects an object from clicks with another program, for ../clicks.ts. Usage: python clicks.py randomwalker|grabcut

First prints a line. For each line of JSON that it then reads, {"image": FILE, "clicks": [[x, y, 1 or 0], …], "map": FILE},
it writes the object's bitmap, a byte a pixel, and prints a line. Both programs know the pixels within 4 of a click, and
take the photo's outermost pixels for the object's surroundings. GrabCut begins with all other pixels as the object, as
it does in a rectangle: with them as surroundings it finds next to nothing."""
import json
import sys

import numpy as np
from PIL import Image


def seeds_of(clicks, height, width):
    """By pixel: 1 for the object, 2 for its surroundings, 0 for what is not known."""
    seeds = np.zeros((height, width), np.int32)
    seeds[[0, -1]] = 2
    seeds[:, [0, -1]] = 2
    ys, xs = np.mgrid[:height, :width]
    for x, y, inside in clicks:
        seeds[(xs - x) ** 2 + (ys - y) ** 2 <= 16] = 1 if inside else 2
    return seeds


def random_walker(picture, seeds):
    from skimage import segmentation
    return segmentation.random_walker(picture, seeds, beta=130, mode='bf', channel_axis=-1) == 1


def grab_cut(picture, seeds):
    import cv2
    cv2.setRNGSeed(1)
    mask = np.full(seeds.shape, cv2.GC_PR_FGD, np.uint8)
    mask[seeds == 1] = cv2.GC_FGD
    mask[seeds == 2] = cv2.GC_BGD
    cv2.grabCut(np.ascontiguousarray(picture[..., ::-1]), mask, None, np.zeros((1, 65)), np.zeros((1, 65)), 5, cv2.GC_INIT_WITH_MASK)
    return (mask == cv2.GC_FGD) | (mask == cv2.GC_PR_FGD)


def main():
    select = {'randomwalker': random_walker, 'grabcut': grab_cut}[sys.argv[1]]
    print('ready', flush=True)
    for line in sys.stdin:
        job = json.loads(line)
        picture = np.asarray(Image.open(job['image']).convert('RGB'))
        found = select(picture, seeds_of(job['clicks'], *picture.shape[:2]))
        found.astype(np.uint8).tofile(job['map'])
        print('done', flush=True)


main()
