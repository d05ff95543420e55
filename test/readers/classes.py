"""Prints which classes two images of an export have, by the rules of Ultralytics and of Datumaro, as JSON.

Ultralytics reads data.yaml with PyYAML, and takes labels/NAME.txt for images/NAME.*, found from the folder of data.yaml.
Datumaro, with which CVAT imports, knows VOC's classes by the colours of labelmap.txt, and objects by VOC's colour map.
"""
import json
import sys
from pathlib import Path

import numpy as np
import yaml
from PIL import Image

folder = Path(sys.argv[1])


def yolo(top):
    data = yaml.safe_load((top / 'data.yaml').read_text(encoding='utf-8'))
    names = data['names']
    names = {int(key): str(name) for key, name in (enumerate(names) if isinstance(names, list) else names.items())}
    assert sorted(names) == list(range(len(names))) and data.get('nc', len(names)) == len(names)
    images = Path(data.get('path') or top) / data['train']
    found = {}
    for image in sorted(images.iterdir()):
        with Image.open(image) as picture:
            assert picture.format in ('PNG', 'JPEG', 'WEBP', 'BMP'), picture.format
        labels = Path(str(image).replace('/images/', '/labels/').replace('\\images\\', '\\labels\\').rsplit('.', 1)[0] + '.txt')
        found[image.name] = [names[int(line.split()[0])] for line in labels.read_text().splitlines()]
    return found


def colour(index):
    """A colour of VOClabelcolormap.m."""
    rgb = [0, 0, 0]
    for j in range(8):
        for channel in range(3):
            rgb[channel] |= (index >> channel & 1) << 7 - j
        index >>= 3
    return tuple(rgb)


def label_map(file):
    names = {}
    with open(file, encoding='utf-8') as lines:
        for line in lines:
            line = line.strip()
            if line and line[0] != '#':
                name, rgb, _parts, _actions = line.split(':')
                assert name not in names
                names[name] = tuple(int(value) for value in rgb.split(','))
    assert len(set(names.values())) == len(names)
    return {rgb: name for name, rgb in names.items()}


def pixels(file):
    with Image.open(file) as image:
        return [tuple(rgb) for rgb in np.array(image.convert('RGB')).reshape(-1, 3).tolist()]


def voc(top):
    names, objects = label_map(top / 'labelmap.txt'), {colour(index): index for index in range(256)}
    found = {}
    for stem in (top / 'ImageSets/Segmentation/trainval.txt').read_text(encoding='utf-8').splitlines():
        classes = [names[rgb] for rgb in pixels(top / f'SegmentationClass/{stem}.png')]
        instances = [objects[rgb] for rgb in pixels(top / f'SegmentationObject/{stem}.png')]
        found[stem] = list(dict.fromkeys(f'{instance} {name}' for instance, name in zip(instances, classes)))
    return found


print(json.dumps({'yolo': yolo(folder / 'labelless.yolo'), 'voc': voc(folder / 'labelless.voc')}))
