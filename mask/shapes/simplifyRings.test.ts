import assert from 'node:assert/strict';
import { below, randomRegions, seeded } from '../testing/randomMasks';
import { contoursOf } from './contours';
import { RingSimplifier, ringArea, type Ring } from './simplifyRings';
import cases from './simplifyRings.reference.json';

const corners = (rings: readonly Ring[]) => rings.reduce((sum, ring) => sum + ring.length / 2, 0);

/** The edges of rings: two corners each. */
function edgesOf(rings: readonly Ring[]): [number, number, number, number][] {
  return rings.flatMap(ring =>
    Array.from({ length: ring.length / 2 }, (_, i): [number, number, number, number] => [
      ring[2 * i],
      ring[2 * i + 1],
      ring[(2 * i + 2) % ring.length],
      ring[(2 * i + 3) % ring.length],
    ]),
  );
}

/** Whether two edges cross at a point inside both. */
function cross([ax, ay, bx, by]: number[], [cx, cy, dx, dy]: number[]): boolean {
  const side = (px: number, py: number, qx: number, qy: number, rx: number, ry: number) =>
    Math.sign((qx - px) * (ry - py) - (qy - py) * (rx - px));
  return (
    side(ax, ay, bx, by, cx, cy) * side(ax, ay, bx, by, dx, dy) < 0 &&
    side(cx, cy, dx, dy, ax, ay) * side(cx, cy, dx, dy, bx, by) < 0
  );
}

/** Whether a point lies in a ring, by the even-odd rule. */
function holds(ring: Ring, x: number, y: number): boolean {
  return (
    edgesOf([ring]).filter(([ax, ay, bx, by]) => ay <= y !== by <= y && ax + ((y - ay) / (by - ay)) * (bx - ax) < x)
      .length %
      2 ===
    1
  );
}

/** Rings of a shape with many parts, holes, and places where they touch. */
function randomShape(seed: number): Ring[] {
  const random = seeded(seed);
  const [width, height] = [8 + below(random, 40), 8 + below(random, 40)];
  const { ids } = randomRegions(random, width, height, 5 + below(random, 20));
  return contoursOf(
    ids.map(id => id % 3),
    width,
    height,
  )
    .filter(({ label }) => label === 1)
    .map(({ points }) => points);
}

suite('Simplified rings', () => {
  test('are those of the same rule applied without haste, with Shapely’s geometry', () => {
    for (const { rings, tolerance, simplified, area } of cases) {
      const own = new RingSimplifier(rings, tolerance).at(tolerance);
      assert.deepEqual(own, simplified, `tolerance ${tolerance}`);
      assert.equal(
        own.reduce((sum, ring) => sum + Math.abs(ringArea(ring)), 0),
        area,
      );
    }
  });

  test('stay within the tolerance, and need about as many corners as Douglas and Peucker’s', () => {
    for (const { tolerance, distance } of cases) assert.ok(distance <= tolerance + 1e-9, `${distance} > ${tolerance}`);
    const at = (tolerance: number) => cases.filter(one => one.tolerance === tolerance);
    const sum = (list: typeof cases, count: (one: (typeof cases)[number]) => number) =>
      list.reduce((total, one) => total + count(one), 0);
    const own = sum(at(1.5), ({ simplified }) => corners(simplified));
    const theirs = sum(at(1.5), ({ douglasPeucker }) => douglasPeucker);
    assert.ok(own <= theirs, `${own} corners where Douglas and Peucker's have ${theirs}`);
  });

  test('do not cross, and holes stay in their parts, on random shapes that touch at corners', () => {
    for (let seed = 1; seed <= 15; seed++) {
      const rings = randomShape(seed);
      for (const tolerance of [1, 2.5, 8]) {
        const own = new RingSimplifier(rings, 8).at(tolerance);
        assert.equal(own.length, rings.length);
        const edges = edgesOf(own);
        edges.forEach((one, i) => {
          for (const other of edges.slice(0, i))
            assert.ok(!cross(one, other), `seed ${seed}: ${one.join()} × ${other.join()}`);
        });
        own.forEach((ring, i) => {
          assert.ok(ring.length >= 6);
          assert.equal(Math.sign(ringArea(ring)), Math.sign(ringArea(rings[i])), 'it turns as before');
          assert.ok(2 * Math.abs(ringArea(ring)) > Math.abs(ringArea(rings[i])));
          if (ringArea(rings[i]) > 0) return;
          const around = (all: readonly Ring[], [x, y]: Ring, ofHole: number) =>
            all.flatMap((outer, k) => (k !== ofHole && holds(outer, x + 1e-3, y + 1e-3) ? [k] : []));
          // A corner that both have, moved a little into the hole, lies in the same rings.
          const inside = insideOf(ring);
          if (inside && holds(rings[i], ...inside))
            assert.deepEqual(around(own, inside, i).sort(), around(rings, inside, i).sort(), `seed ${seed}`);
        });
      }
    }
  });

  test('are the same whether a larger tolerance could be asked for or not, and lose corners as it grows', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const rings = randomShape(seed);
      const all = new RingSimplifier(rings, 50);
      assert.deepEqual(all.at(0), rings);
      for (const tolerance of [0.8, 2, 5])
        assert.deepEqual(all.at(tolerance), new RingSimplifier(rings, tolerance).at(tolerance));
      const tolerances = [0, 1, 2, 5, 50];
      const counts = tolerances.map(tolerance => corners(all.at(tolerance)));
      assert.deepEqual(
        counts,
        [...counts].sort((a, b) => b - a),
      );
      assert.equal(all.toleranceFor(counts[2], tolerances), tolerances[counts.indexOf(counts[2])]);
      assert.equal(all.toleranceFor(0, tolerances), 50);
    }
  });

  test('of nothing and of a single pixel are what they were', () => {
    assert.deepEqual(new RingSimplifier([], 5).at(5), []);
    assert.deepEqual(new RingSimplifier([[0, 0, 1, 0, 1, 1, 0, 1]], 5).at(5), [[0, 0, 1, 0, 1, 1, 0, 1]]);
  });
});

/** A point inside a ring beside its first edge; undefined where the ring is too narrow there. */
function insideOf(ring: Ring): [number, number] | undefined {
  const [x, y] = [(ring[0] + ring[2]) / 2, (ring[1] + ring[3]) / 2];
  const [dx, dy] = [ring[2] - ring[0], ring[3] - ring[1]];
  const length = Math.hypot(dx, dy);
  return [1, -1]
    .map(side => [x - (0.05 * side * dy) / length, y + (0.05 * side * dx) / length] as [number, number])
    .find(point => holds(ring, ...point));
}
