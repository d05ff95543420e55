import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';

/** The pretrained encoder that comes with the program: its file, and the SHA-256 of its bytes. */
export const bundledWeights = {
  file: 'efficientnet-lite0.safetensors',
  sha256: '11349a7b417bdcae5b301da3215712800ccbd1db2ee2ecf9eaf8d92774ffde28',
} as const;

/**
 * The path of the pretrained encoder: in the folder `weights` beside the program, or beside a folder above it, as in a
 * checkout. Where there is none, the first place.
 */
export function bundledWeightsFile(folder = __dirname): string {
  const inFolder = (above: string) => path.join(above, 'weights', bundledWeights.file);
  for (let above = folder; ; above = path.dirname(above)) {
    if (existsSync(inFolder(above))) return inFolder(above);
    if (path.dirname(above) === above) return inFolder(folder);
  }
}

/** Whether bytes are those of the pretrained encoder, to the last one. */
export function areBundledWeights(bytes: Uint8Array): boolean {
  return createHash('sha256').update(bytes).digest('hex') === bundledWeights.sha256;
}
