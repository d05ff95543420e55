# Makes simplifyRings.reference.json: random shapes on the corners of pixels, simplified by the same rule without any of
# its speed, with Shapely's geometry; and what scikit-image's Douglas-Peucker makes of each.
# Usage: python simplifyRings.reference.py   (needs numpy, shapely and scikit-image)
import json
import pathlib

import numpy as np
from shapely import LineString, Point, Polygon, box, hausdorff_distance, unary_union
from skimage.measure import approximate_polygon

random = np.random.default_rng(11)


def shape(kind, size):
    y, x = np.mgrid[:size, :size] + 0.5
    if kind == "disc":
        return (x - size / 2) ** 2 + (y - size / 2) ** 2 < (0.45 * size) ** 2
    if kind == "ring":
        far = (x - size / 2) ** 2 + (y - size / 2) ** 2
        return (far < (0.45 * size) ** 2) & (far > (0.36 * size) ** 2)
    field = sum(np.cos(random.normal(0, 5 / size) * x + random.normal(0, 5 / size) * y + random.uniform(0, 7)) for _ in range(6))
    return field > (0.2 if kind == "waves" else -1.2)


def rings_of(pixels):
    """The outer rings and holes of all parts; None where they touch at a corner."""
    squares = unary_union([box(x, y, x + 1, y + 1) for y, x in np.argwhere(pixels)]).simplify(0)
    parts = list(squares.geoms) if squares.geom_type == "MultiPolygon" else [squares]
    lines = [line for part in parts for line in (part.exterior, *part.interiors)]
    corners = [corner for line in lines for corner in line.coords[:-1]]
    # `simplify` may leave the first corner on a straight edge.
    return None if len(set(corners)) < len(corners) else [straightened(list(line.coords[:-1])) for line in lines]


def straightened(corners):
    (ax, ay), (bx, by), (cx, cy) = corners[-1], corners[0], corners[1]
    return corners[1:] if (bx - ax) * (cy - ay) == (by - ay) * (cx - ax) else corners


def square_to(p, a, c):
    dx, dy, px, py = c[0] - a[0], c[1] - a[1], p[0] - a[0], p[1] - a[1]
    length, along = dx * dx + dy * dy, px * dx + py * dy
    if along <= 0:
        return px * px + py * py
    if along >= length:
        return (px - dx) ** 2 + (py - dy) ** 2
    return (px * dy - py * dx) ** 2 / length


def simplified(rings, tolerance):
    first = [Polygon(ring).area for ring in rings]
    left = [list(range(len(ring))) for ring in rings]
    stuck, starts = set(), np.cumsum([0] + [len(ring) for ring in rings])
    while True:
        offers = []
        for r, (ring, kept) in enumerate(zip(rings, left)):
            for k, i in enumerate(kept):
                a, c = kept[k - 1], kept[(k + 1) % len(kept)]
                between = [(a + 1 + step) % len(ring) for step in range((c - a - 1) % len(ring))]
                most = max(square_to(ring[j], ring[a], ring[c]) for j in between)
                if most <= tolerance**2 and (r, i) not in stuck:
                    offers.append((most, int(starts[r]) + i, r, k, i))
        for _, _, r, k, i in sorted(offers):
            ring, kept = rings[r], left[r]
            a, c = kept[k - 1], kept[(k + 1) % len(kept)]
            rest = [ring[j] for j in kept if j != i]
            if len(kept) == 3 or 2 * Polygon(rest).area <= first[r]:
                stuck.add((r, i))
                continue
            corners = [ring[a], ring[i], ring[c]]
            triangle = LineString(corners).convex_hull
            others = [rings[s][j] for s, one in enumerate(left) for j in one if (s, j) not in ((r, a), (r, i), (r, c))]
            if any(triangle.intersects(Point(other)) for other in others):
                continue
            kept.remove(i)
            stuck -= {(r, a), (r, c)}
            break
        else:
            return [[ring[i] for i in kept] for ring, kept in zip(rings, left)]


cases = []
for kind, size in [("disc", 12), ("disc", 40), ("ring", 30)] + [("waves", 26)] * 5 + [("holes", 30)] * 5:
    for _ in range(20):
        rings = rings_of(shape(kind, size))
        if rings:
            break
    for tolerance in (0.75, 1.5, 4):
        result = simplified(rings, tolerance)
        cases.append({
            "rings": [[int(value) for corner in ring for value in corner] for ring in rings],
            "tolerance": tolerance,
            "simplified": [[int(value) for corner in ring for value in corner] for ring in result],
            "area": sum(Polygon(ring).area for ring in result),
            "distance": max(hausdorff_distance(LineString(a + a[:1]), LineString(b + b[:1])) for a, b in zip(rings, result)),
            "douglasPeucker": sum(len(approximate_polygon(np.array(ring + ring[:1]), tolerance)) - 1 for ring in rings),
        })
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(cases) + "\n")
