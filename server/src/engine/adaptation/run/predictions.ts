import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { PredictionFile } from '../../../../../protocol/trainingRun';
import { runFolders } from '../../experiment/trainingRunMark';

/** The picture that predictions are of, beside them. */
export const pictureName = 'picture.png';

const stepPattern = /^step-(\d{6,})\.png$/;

/** The name of the file of a step's prediction. */
export function predictionName(step: number): string {
  return `step-${String(step).padStart(6, '0')}.png`;
}

/** Whether the name of a file is one that a run gives in a picture's folder. */
export function isPredictionName(name: string): boolean {
  return name === pictureName || stepPattern.test(name);
}

/** The longest name of a picture's folder, in bytes; file systems accept 255. */
const longestName = 120;

/** Names the folders of a run's predictions, one for each picture. */
export class PredictionFolders {
  private readonly pictures = new Map<string, string>();

  constructor(private readonly run: string) {}

  /**
   * The folder of a picture's predictions. Its name is the picture's, without what some file system would not accept;
   * two pictures, or a long name, are told apart by a hash.
   * @param picture the path of the picture
   */
  of(picture: string): string {
    const plain = picture.replaceAll(/[^\p{L}\p{N}._-]/gu, '_');
    const fits = Buffer.byteLength(plain) <= longestName && this.isFree(plain, picture);
    const name = fits ? plain : `${shortened(plain)}-${createHash('sha256').update(picture).digest('hex').slice(0, 8)}`;
    this.pictures.set(key(name), picture);
    return path.join(this.run, runFolders.predictions, name);
  }

  private isFree(name: string, picture: string): boolean {
    return (this.pictures.get(key(name)) ?? picture) === picture;
  }
}

/** Names that differ in case alone are one on Windows and macOS. */
function key(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

/** The beginning of a name, within the longest one. */
function shortened(name: string): string {
  let kept = '';
  for (const character of name) {
    if (Buffer.byteLength(kept + character) > longestName - 9) break;
    kept += character;
  }
  return kept;
}

/** Lists the predictions of target pictures in a run's folder, by picture, then by step. */
export async function predictionsIn(folder: string): Promise<PredictionFile[]> {
  const root = path.join(folder, runFolders.predictions);
  const found: PredictionFile[] = [];
  for (const picture of (await readdir(root).catch(() => [])).sort()) {
    const names = await readdir(path.join(root, picture)).catch(() => []);
    const steps = names
      .flatMap(name => stepPattern.exec(name)?.[1] ?? [])
      .map(Number)
      .sort((a, b) => a - b);
    found.push(...steps.map(step => ({ picture, step, file: path.join(root, picture, predictionName(step)) })));
  }
  return found;
}
