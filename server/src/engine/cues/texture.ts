import { blur } from '../pixels/filters';
import { emptyPlanes, plane, stackChannels, type Planes } from '../pixels/planes';

/**
 * Pixels over which differences are taken, after a blur of the same radius; 0 is the picture itself with neighbours.
 */
const radii = [0, 2];
/** Radius of the surroundings that a pixel's lightness is compared with. */
const surround = 4;
/** Steps along x, y and the diagonals, of about one length. */
const directions = [
  [1, 0],
  [0, 1],
  [0.7, 0.7],
  [0.7, -0.7],
];

/**
 * Absolute differences of a plane's values at both sides of each pixel, `distance` away, in four directions; the edge's
 * values go on outside.
 */
function differences({ width, height, data }: Planes, distance: number): Planes {
  const out = emptyPlanes(width, height, directions.length);
  directions.forEach(([x, y], channel) => {
    const stepX = Math.round(x * distance) || Math.sign(x);
    const stepY = Math.round(y * distance) || Math.sign(y);
    const to = plane(out, channel);
    const columns = Int32Array.from({ length: width + 2 * Math.abs(stepX) }, (_, i) =>
      Math.min(Math.max(i - Math.abs(stepX), 0), width - 1),
    );
    for (let v = 0, p = 0; v < height; v++) {
      const before = Math.min(Math.max(v - stepY, 0), height - 1) * width;
      const after = Math.min(Math.max(v + stepY, 0), height - 1) * width;
      for (let u = 0; u < width; u++, p++)
        to[p] = Math.abs(data[after + columns[u + 2 * stepX]] - data[before + columns[u]]);
    }
  });
  return out;
}

/**
 * Filter responses that distinguish textures, in units of L*: `energies`, 8 channels, are differences of lightness in
 * four directions at two scales; `contrast`, 1 channel, is lightness less that of its surroundings.
 */
export function textureResponses(lightness: Planes): { energies: Planes; contrast: Planes } {
  const smooth = blur(lightness, surround);
  return {
    energies: stackChannels(
      radii.map(radius => differences(radius > 0 ? blur(lightness, radius) : lightness, Math.max(radius, 1))),
    ),
    contrast: { ...lightness, data: lightness.data.map((value, p) => value - smooth.data[p]) },
  };
}
