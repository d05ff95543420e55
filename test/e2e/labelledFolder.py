"""Reads a COCO file with pycocotools and prints its categories and each image's class ids, pixel by pixel, as JSON."""

import contextlib
import json
import sys

import numpy as np
from pycocotools.coco import COCO

with open(sys.argv[1], encoding="utf-8") as file:
    document = json.load(file)
coco = COCO()
coco.dataset = document
with contextlib.redirect_stdout(sys.stderr):
    coco.createIndex()
classes = {}
for image in coco.loadImgs(coco.getImgIds()):
    values = np.zeros((image["height"], image["width"]), int)
    for annotation in coco.loadAnns(coco.getAnnIds(image["id"])):
        values[coco.annToMask(annotation) > 0] = annotation["category_id"]
    classes[image["file_name"]] = values.ravel().tolist()
names = {category["name"]: category["id"] for category in coco.loadCats(coco.getCatIds()) if category["id"] != 0}
print(json.dumps({"categories": names, "classes": classes}))
