import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { ReadError, readRegularFile } from '../../../../../files/regularFile';

/** The pretrained encoder that comes with the program: its file, and the SHA-256 of its bytes. */
export const bundledWeights = {
  file: 'efficientnet-lite0.safetensors',
  sha256: '11349a7b417bdcae5b301da3215712800ccbd1db2ee2ecf9eaf8d92774ffde28',
} as const;

/** The largest file that is read to be compared with the encoder, in bytes. */
const largestFile = 100e6;

const remedy =
  'install a package of Labelless that has it, run `npm run weights` in a checkout, or name weights of your own in ' +
  'network.pretrained';

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

/** Whether the pretrained encoder is where the program looks for it. */
export function hasBundledWeights(): boolean {
  return existsSync(bundledWeightsFile());
}

/**
 * Reads the pretrained encoder.
 * @throws ReadError that says what to do, also for a file that was cut off or changed
 */
export async function readBundledWeights(file: string): Promise<Buffer> {
  const bytes = await readRegularFile(file, largestFile).catch((error: unknown) => {
    throw error instanceof ReadError ? new ReadError(file, `${error.reason}; ${remedy}`, error.code) : error;
  });
  if (createHash('sha256').update(bytes).digest('hex') === bundledWeights.sha256) return bytes;
  throw new ReadError(file, `it is not the pretrained encoder as it was shipped, but cut off or changed; ${remedy}`);
}
