import type { Picture } from '../../image/picture';
import { seededRandom } from '../../common/random';

/** A picture painted by a function of position that answers red, green and blue. */
export function paint(
  width: number,
  height: number,
  colour: (x: number, y: number) => readonly [number, number, number],
): Picture {
  const rgb = new Uint8Array(width * height * 3);
  for (let p = 0; p < width * height; p++) rgb.set(colour(p % width, Math.floor(p / width)), p * 3);
  return { width, height, rgb };
}

/** A red disc on blue and green halves, with noise. */
export function scene(width: number, height: number): Picture {
  const next = seededRandom(1);
  const noisy = (value: number) => value + 16 * next();
  return paint(width, height, (x, y) => {
    if (Math.hypot(x - width / 2, y - height / 2) < Math.min(width, height) / 4)
      return [noisy(200), noisy(40), noisy(40)];
    return x < width / 2 ? [noisy(30), noisy(40), noisy(160)] : [noisy(40), noisy(150), noisy(50)];
  });
}
