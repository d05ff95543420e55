"""Predicts classes by a random forest on multi-scale features, for ../labelling.ts. Usage: python forest.py THREADS

First prints a line. For each line of JSON that it then reads, {"width": W, "height": H, "labelled": [[RGB, CLASSES], …],
"others": [[RGB, CLASSES], …]}, where RGB and CLASSES are files of bytes (255: no class), it learns from the labelled
pictures, writes the classes of the others, and prints the seconds of processor time that learning took. The features
are those with which scikit-image's documentation shows segmentation by a random forest, as ilastik has them: intensity,
edges and texture at sigma 0.7 to 10, of each channel."""
import json
import sys
import time

import numpy as np
from skimage.feature import multiscale_basic_features
from sklearn.ensemble import RandomForestClassifier


def features_of(file, height, width):
    picture = np.fromfile(file, np.uint8).reshape(height, width, 3)
    found = multiscale_basic_features(picture, sigma_min=0.7, sigma_max=10, channel_axis=-1)
    return found.reshape(height * width, -1).astype(np.float32)


def learn(job, size, threads):
    features, classes = [], []
    for picture, labels in job['labelled']:
        known = np.fromfile(labels, np.uint8)
        features.append(features_of(picture, *size)[known != 255])
        classes.append(known[known != 255])
    forest = RandomForestClassifier(100, max_samples=0.1, min_samples_leaf=2, n_jobs=threads, random_state=1)
    return forest.fit(np.concatenate(features), np.concatenate(classes))


def main():
    threads = int(sys.argv[1])
    print('ready', flush=True)
    for line in sys.stdin:
        job = json.loads(line)
        size = job['height'], job['width']
        started = time.process_time()
        forest = learn(job, size, threads)
        seconds = time.process_time() - started
        for picture, classes in job['others']:
            forest.predict(features_of(picture, *size)).astype(np.uint8).tofile(classes)
        print(seconds, flush=True)


main()
