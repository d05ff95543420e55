"""Writes imageScores.reference.json: scores of made-up label maps by scikit-image, SciPy and plain counting, for imageScores.test.ts.
Needs numpy, scipy and scikit-image."""
import json
import pathlib

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.spatial.distance import cdist
from skimage.measure import label
from skimage.metrics import variation_of_information
from skimage.morphology import thin

generator = np.random.default_rng(5)


def voronoi(spec):
    """Pixels take the number of the nearest seed, the first of equally near ones, modulo `labels`."""
    y, x = np.mgrid[:spec['height'], :spec['width']]
    distances = [(x - a) ** 2 + (y - b) ** 2 for a, b in spec['seeds']]
    return np.argmin(distances, axis=0) % spec['labels']


def boundaries(segments):
    """The BSDS benchmark's: a pixel is on one where the 2×2 pixels from it on differ; then thinned."""
    padded = np.pad(segments, ((0, 1), (0, 1)), mode='edge')
    here, right, down, both = padded[:-1, :-1], padded[:-1, 1:], padded[1:, :-1], padded[1:, 1:]
    return thin((here != right) | (here != down) | (here != both))


def pairs(a, b, distance):
    """How many pairs the cheapest assignment has in which a pixel without partner costs a hundred times the distance."""
    cost = cdist(np.argwhere(a), np.argwhere(b))
    padded = np.full((sum(cost.shape), sum(cost.shape)), 100 * distance)
    padded[:cost.shape[0], :cost.shape[1]] = np.where(cost <= distance, cost, 1e6)
    padded[cost.shape[0]:, cost.shape[1]:] = 0
    rows, columns = linear_sum_assignment(padded)
    return int(np.sum(padded[rows, columns] <= distance) - np.sum((rows >= cost.shape[0]) & (columns >= cost.shape[1])))


def ious(prediction, truth):
    """The best IoU and the area of each truth segment."""
    for value in np.unique(truth):
        segment = truth == value
        regions = [prediction == p for p in np.unique(prediction[segment])]
        yield max(np.sum(segment & region) / np.sum(segment | region) for region in regions), np.sum(segment)


def rand(a, b):
    """Counts pairs of pixels, row by row of the table of all."""
    a, b = a.ravel(), b.ravel()
    agreeing = sum(np.sum((a[i] == a[i + 1:]) == (b[i] == b[i + 1:])) for i in range(a.size))
    return agreeing / (a.size * (a.size - 1) / 2)


def case(width, height, counts, labels):
    """A prediction of `labels` labels and as many truths as there are further counts of segments."""
    truths = []
    base = generator.integers(0, [width, height], (max(counts), 2))
    for count in counts:
        seeds = base[:count] + generator.integers(-2, 3, (count, 2))
        truths.append({'width': width, 'height': height, 'labels': labels if not truths else count, 'seeds': seeds.tolist()})
    maps = [voronoi(truth) for truth in truths]
    prediction, truth_maps = label(maps[0], background=-1, connectivity=1), maps[1:]
    edges = [boundaries(segments) for segments in [prediction, *truth_maps]]
    distance = 0.0075 * np.hypot(width, height)
    means, coverings = [], []
    for truth in truth_maps:
        best, area = np.array(list(ious(prediction, truth))).T
        means.append(best.mean())
        coverings.append(np.sum(best * area) / area.sum())
    segments = [len(np.unique(truth)) for truth in truth_maps]
    return {
        'prediction': truths[0], 'truths': truths[1:],
        'meanIoU': np.mean(means), 'meanIoUFine': means[int(np.argmax(segments))], 'meanIoUCoarse': means[int(np.argmin(segments))],
        'covering': np.mean(coverings), 'randIndex': np.mean([rand(prediction, truth) for truth in truth_maps]),
        'variation': np.mean([np.sum(variation_of_information(truth, prediction)) for truth in truth_maps]), 'segments': int(prediction.max()),
        'predicted': int(edges[0].sum()), 'drawn': int(sum(edge.sum() for edge in edges[1:])),
        'found': sum(pairs(edges[0], edge, distance) for edge in edges[1:]),
        'boundary': np.flatnonzero(edges[0]).tolist(),
        'pairs': [{'distance': wide, 'count': pairs(edges[0], edges[1], wide)} for wide in (1, 1.5, 3.2, 6)],
    }


cases = [case(160, 120, [14, 20, 9], 100), case(170, 110, [30, 24, 16, 12], 5)]
path = pathlib.Path(__file__).with_suffix('.json')
path.write_text(json.dumps(cases, separators=(',', ':')) + '\n')
