import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import sharp from 'sharp';

/** A temporary folder, with the URIs of its files by name. */
export class Folder {
  readonly path = mkdtempSync(path.join(tmpdir(), 'server-test-'));

  file(name: string): string {
    return path.join(this.path, name);
  }

  uri(name = ''): string {
    return pathToFileURL(this.file(name)).toString();
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** Draws a scene of sky, ground and a ball, with a little texture, in the format of the file's extension. */
export async function drawPicture(file: string, width = 160, height = 120): Promise<void> {
  const rgb = new Uint8Array(3 * width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const ball = Math.hypot(x - width / 2, y - height / 2) < height / 4;
      const colour = ball ? [210, 60, 40] : y < height / 2 ? [120, 170, 230] : [70, 130, 50];
      const grain = ((x * 7 + y * 13) % 11) - 5;
      for (let channel = 0; channel < 3; channel++) rgb[3 * (y * width + x) + channel] = colour[channel] + grain;
    }
  }
  await sharp(rgb, { raw: { width, height, channels: 3 } }).toFile(file);
}
