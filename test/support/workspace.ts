import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { encode } from 'fast-png';

/** Makes a new folder of pictures in the temporary folder, for one run of a VS Code suite. The caller removes it. */
export function makeWorkspace(): string {
  const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'labelless-workspace-')));
  writeFileSync(path.join(folder, 'shapes.png'), picturePng(160, 120, 1));
  const batch = path.join(folder, 'batch');
  mkdirSync(batch);
  for (const seed of [2, 3, 4]) writeFileSync(path.join(batch, `picture ${seed}.png`), picturePng(120, 90, seed));
  return folder;
}

/** Makes a PNG of a sky, a ground and two discs under noise: four regions that any segmentation finds. */
export function picturePng(width: number, height: number, seed: number): Uint8Array {
  const data = new Uint8Array(width * height * 3);
  let state = seed;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const colour = colourAt(x / width, y / height, seed);
      for (let channel = 0; channel < 3; channel++) {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        data[(y * width + x) * 3 + channel] = colour[channel] + (state >>> 28);
      }
    }
  }
  return encode({ width, height, data, channels: 3 });
}

export function colourAt(x: number, y: number, seed: number): readonly number[] {
  const shift = (seed % 5) / 25;
  if (Math.hypot(x - 0.25 - shift, y - 0.3) < 0.15) return [230, 200, 40];
  if (Math.hypot(x - 0.65 - shift, y - 0.65) < 0.2) return [190, 40, 50];
  return y < 0.55 ? [90, 150, 220] : [50, 120, 60];
}
