import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { encode } from 'fast-png';
import { MaskDocument } from '../../mask/document/maskDocument';
import type { LabelProperties } from '../../mask/document/maskState';
import { encodeMask, stateFromLabels } from '../../mask/files/maskFiles';
import { picturePng } from '../support/workspace';

/** Writes a small picture that every method segments within a second, and returns its bytes. */
export function writePicture(file: string, seed = 1, width = 48, height = 32): Uint8Array {
  const bytes = picturePng(width, height, seed);
  writeFileSync(file, bytes);
  return bytes;
}

/** The name of the locked label in `writeLockedMask`. */
export const lockedName = 'checked by hand';

/** Writes a mask of a picture whose label `lockedName` covers the left half and is locked, beside the picture. */
export function writeLockedMask(picture: string, bytes: Uint8Array, width = 48, height = 32): void {
  const labels = Uint16Array.from({ length: width * height }, (_, p) => (p % width < width / 2 ? 1 : 2));
  const palette = ['#000000', '#3366cc', '#cc6633'];
  const state = stateFromLabels({ width, height, labels, palette });
  const properties = new Map<number, LabelProperties>([
    [0, { name: lockedName, colour: palette[1], locked: true }],
    [1, { name: 'other half', colour: palette[2] }],
  ]);
  const sha256 = (content: Uint8Array) => createHash('sha256').update(content).digest('hex');
  const { png, sidecar } = encodeMask(new MaskDocument({ ...state, properties }), {
    image: { name: path.basename(picture), sha256: sha256(bytes) },
    version: '0.1.0',
    sha256,
  });
  const stem = picture.replace(/\.png$/, '');
  writeFileSync(`${stem}.mask.png`, png);
  writeFileSync(`${stem}.mask.json`, sidecar);
}

const [sceneWidth, sceneHeight] = [32, 24];

/**
 * Writes labelled pictures, photos without labels, and an experiment file `street.adapt.json` that trains in a second.
 * @param changes settings that replace whole parts of the file
 */
export function writeExperiment(folder: string, changes: Readonly<Record<string, unknown>> = {}): string {
  for (const below of ['source/images', 'source/labels', 'photos'])
    mkdirSync(path.join(folder, below), { recursive: true });
  for (let seed = 0; seed < 4; seed++) {
    writePicture(path.join(folder, 'source', 'images', `${seed}.png`), seed, sceneWidth, sceneHeight);
    writePicture(path.join(folder, 'photos', `${seed}.png`), seed + 10, sceneWidth, sceneHeight);
    const data = Uint8Array.from({ length: sceneWidth * sceneHeight }, (_, p) => (p < skyPixels ? 0 : 1));
    const label = encode({ width: sceneWidth, height: sceneHeight, data, channels: 1, depth: 8 });
    writeFileSync(path.join(folder, 'source', 'labels', `${seed}.png`), label);
  }
  const experiment = {
    source: { layout: 'folders', root: 'source' },
    target: { images: 'photos' },
    classes: [
      { name: 'sky', values: [0], colour: '#0000ff' },
      { name: 'ground', values: [1], colour: '#808080' },
    ],
    network: { channels: 4 },
    adaptation: { strategy: 'none' },
    training: { steps: 12, batch: 2, size: [32, 16], backend: 'cpu' },
    output: { folder: 'run', checkpointEvery: 4, keep: 2, previews: 1 },
    ...changes,
  };
  const file = path.join(folder, 'street.adapt.json');
  writeFileSync(file, JSON.stringify(experiment, null, 1));
  return file;
}

/** The number of pixels of the upper half of a scene. */
const skyPixels = (sceneWidth * sceneHeight) / 2;
