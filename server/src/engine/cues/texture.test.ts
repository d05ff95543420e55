import assert from 'node:assert/strict';
import { emptyPlanes, plane, type Planes } from '../pixels/planes';
import { textureResponses } from './texture';

function painted(width: number, height: number, value: (x: number, y: number) => number): Planes {
  const planes = emptyPlanes(width, height, 1);
  for (let p = 0; p < planes.data.length; p++) planes.data[p] = value(p % width, Math.floor(p / width));
  return planes;
}

suite('textureResponses', () => {
  test('a slope answers by its direction, twice the reach times its steepness', () => {
    const { energies, contrast } = textureResponses(painted(40, 30, x => 3 * x));
    const middle = 15 * 40 + 20;
    // Reaches of 1 along axes and diagonals, then of 2 along the axes and 1 along the diagonals.
    const expected = [6, 0, 6, 6, 12, 0, 6, 6];
    expected.forEach((value, c) =>
      assert.ok(Math.abs(plane(energies, c)[middle] - value) < 1e-3, `channel ${c}: ${plane(energies, c)[middle]}`),
    );
    assert.ok(Math.abs(contrast.data[middle]) < 1e-3);
  });

  test('stripes answer across, not along them', () => {
    const { energies } = textureResponses(painted(40, 30, x => (x % 4 < 2 ? 0 : 50)));
    assert.equal(plane(energies, 0)[15 * 40 + 20], 50);
    assert.equal(plane(energies, 1)[15 * 40 + 20], 0);
  });

  test('a spot stands out from its surroundings; one pixel says nothing', () => {
    assert.ok(
      textureResponses(painted(40, 30, (x, y) => (x === 20 && y === 15 ? 80 : 0))).contrast.data[15 * 40 + 20] > 70,
    );
    const { energies, contrast } = textureResponses(painted(1, 1, () => 50));
    assert.deepEqual([...energies.data, ...contrast.data], [0, 0, 0, 0, 0, 0, 0, 0, 0]);
  });
});
