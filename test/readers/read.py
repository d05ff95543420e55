"""Reads an image's exports in a folder with their formats' own readers, and prints what they hold as JSON.

Label maps are lists of values, row by row; of COCO and LabelMe those are 1, 2, ... by annotation, or by group.
"""
import json
import sys
from pathlib import Path
from unittest.mock import MagicMock

import numpy as np
from PIL import Image
from pycocotools import mask as runs
from pycocotools.coco import COCO

# LabelMe's loader and converter are files of a program with windows, supervision's of one that draws charts and reads films:
# they do not use these toolkits.
for module in ['onnxruntime', 'PyQt5', 'PyQt5.QtCore', 'PyQt5.QtGui', 'PyQt5.QtWidgets', 'imgviz', 'imgviz.io', 'av', 'requests',
               'matplotlib', 'matplotlib.pyplot']:
    sys.modules[module] = MagicMock()
import supervision  # noqa: E402
from labelme._label_file import read_label_file  # noqa: E402
from labelme.utils import shapes_to_label  # noqa: E402

folder, stem = Path(sys.argv[1]), sys.argv[2]


def png(name):
    with Image.open(folder / name) as image:
        palette = image.getpalette() if image.mode == 'P' else None
        return {'mode': image.mode, 'size': list(image.size), 'palette': palette, 'values': np.array(image).ravel().tolist()}


def coco():
    annotations = COCO(folder / f'{stem}.coco.json')
    (image,) = annotations.imgs.values()
    found = []
    for annotation in annotations.loadAnns(annotations.getAnnIds()):
        packed = annotations.annToRLE(annotation)
        found.append({
            'name': annotations.cats[annotation['category_id']]['name'], 'polygons': isinstance(annotation['segmentation'], list),
            'area': [annotation['area'], int(runs.area(packed))], 'box': [annotation['bbox'], runs.toBbox(packed).tolist()],
            'values': annotations.annToMask(annotation).ravel().tolist(),
        })
    return {'file': image['file_name'], 'annotations': found}


def labelme():
    label_file = read_label_file(str(folder / f'{stem}.json'))
    with Image.open(folder / label_file.image_path) as image:
        size = image.size
    names = {shape['label']: 0 for shape in label_file.shapes}
    _, instances = shapes_to_label((size[1], size[0]), label_file.shapes, names)
    order = []
    for shape in label_file.shapes:
        key = [shape['label'], shape['group_id']]
        # The converter counts each shape without a group for itself.
        if shape['group_id'] is None or key not in order:
            order.append(key)
    return {'picture': list(size), 'instances': order, 'values': instances.ravel().tolist()}


def yolo():
    top = folder / 'labelless.yolo'
    data = supervision.DetectionDataset.from_yolo(str(top / 'images'), str(top / 'labels'), str(top / 'data.yaml'), force_masks=True)
    (path, picture, found), = data
    return {
        'names': data.classes, 'picture': [Path(path).stem, picture.shape[1], picture.shape[0]],
        'objects': [{'name': data.classes[index], 'pixels': np.flatnonzero(mask).tolist()} for index, mask in zip(found.class_id, found.mask)],
        'lines': (top / 'labels' / f'{stem}.txt').read_text().splitlines(),
    }


array = np.load(folder / f'{stem}.mask.npy', allow_pickle=False)
voc = folder / 'labelless.voc'
with Image.open(voc / f'JPEGImages/{stem}.jpg') as picture:
    jpeg = {'format': picture.format, 'size': list(picture.size)}
print(json.dumps({
    'mask': png(f'{stem}.mask.png'), 'overlay': png(f'{stem}.overlay.png')['mode'],
    'npy': {'shape': list(array.shape), 'type': str(array.dtype), 'values': array.ravel().tolist()},
    'classes': {path.stem: png(path.relative_to(folder)) for path in (folder / f'{stem}.mask.classes').iterdir()},
    'voc': {
        'jpeg': jpeg, 'classes': png(f'labelless.voc/SegmentationClass/{stem}.png'), 'objects': png(f'labelless.voc/SegmentationObject/{stem}.png'),
        'images': (voc / 'ImageSets/Segmentation/trainval.txt').read_text().split(),
    },
    'coco': coco(), 'labelme': labelme(), 'yolo': yolo(),
}))
