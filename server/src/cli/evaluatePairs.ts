import path from 'node:path';
import { filesBelow } from '../engine/dataset/layouts/datasetFiles';
import { reasonOf } from '../../../mask/errors';
import { composedName, isImageName, isOwnOutput } from '../../../mask/files/fileNames';
import { listTruthFiles } from '../engine/dataset/evaluationFiles';
import { ImageError } from '../engine/image/imageError';
import type { InputFailure } from '../batch/imageInput';

/** A prediction and the truths of an image: paths as the user would write them. */
export interface Pair {
  readonly id: string;
  readonly prediction: string;
  readonly truths: readonly string[];
}

/** An evaluation that is running, to which pairs are added one after the other. */
export interface Evaluation {
  /**
   * Scores a pair. Returns what the user should know of it, a clause each.
   * @throws Error when it cannot be scored; it is then not counted
   */
  add(pair: Pair): Promise<readonly string[]>;
  /** The scores of all pairs as a table for the terminal. */
  table(): string;
  /** The scores of all pairs together and of each pair, for `--json`. */
  json(): Record<string, unknown>;
  /** Writes additional files, if the evaluation has any. */
  finish?(): Promise<void>;
}

interface Pairs {
  readonly pairs: readonly Pair[];
  readonly failures: readonly InputFailure[];
  /** The predictions without a truth. */
  readonly unused: readonly string[];
}

/**
 * Pairs the truths below a folder (`ID.png` or `ID.0.png, ID.1.png, …`) with predictions (`ID.mask.png`, else
 * `ID.png`), in the order of their names. A truth without a prediction is a failure.
 * @throws Error when a folder cannot be listed, or holds no truth
 */
export async function findPairs(predictions: string, truth: string): Promise<Pairs> {
  const predicted = await predictionFiles(predictions, path.resolve(truth));
  const find = finder(predicted);
  const truths = await listTruthFiles(truth, id => find(id).length > 0, path.resolve(predictions));
  if (truths.size === 0)
    throw new Error(
      `${truth}: there is no truth in it; expected ID.png, or ID.0.png, ID.1.png, … by several annotators, or masks`,
    );
  const pairs: Pair[] = [];
  const failures: InputFailure[] = [];
  const used = new Set<string>();
  for (const [id, names] of truths) {
    const [name, ...others] = find(id);
    if (name === undefined)
      failures.push({
        name: id,
        reason: `it has no prediction: there is neither ${id}.mask.png nor ${id}.png in ${predictions}`,
      });
    else if (others.length > 0)
      failures.push({
        name: id,
        reason: `it could be the truth of ${[name, ...others].join(' or ')} in ${predictions}`,
      });
    else
      pairs.push({ id, prediction: path.join(predictions, name), truths: names.map(file => path.join(truth, file)) });
    for (const one of find(id)) used.add(one);
  }
  return { pairs, failures, unused: [...predicted.values()].filter(name => !used.has(name)) };
}

/**
 * Finds the predictions that an image's truth may belong to. A truth `photo.png` may be that of `photo.jpg.mask.png`,
 * the name of a mask where several images share a stem; names that differ in Unicode composition are the same.
 */
function finder(predicted: ReadonlyMap<string, string>): (id: string) => readonly string[] {
  const [composed, byStem] = [new Map<string, string[]>(), new Map<string, string[]>()];
  const add = (map: Map<string, string[]>, key: string, name: string) => map.set(key, [...(map.get(key) ?? []), name]);
  for (const [id, name] of predicted) {
    add(composed, composedName(id), name);
    if (isImageName(path.basename(id))) add(byStem, composedName(id.replace(/\.[^./]*$/, '')), name);
  }
  return id => {
    const exact = predicted.get(id);
    const key = composedName(id);
    return exact === undefined ? (composed.get(key) ?? byStem.get(key) ?? []) : [exact];
  };
}

/** The predictions by image; masks precede other label maps. */
async function predictionFiles(folder: string, except: string): Promise<Map<string, string>> {
  const names = await filesBelow(path.resolve(folder), file => /[^/]\.png$/i.test(file), except);
  const files = new Map<string, string>();
  for (const name of names.filter(file => /\.mask\.png$/i.test(file)))
    files.set(name.replace(/\.mask\.png$/i, ''), name);
  for (const name of names.filter(file => !isOwnOutput(file))) {
    const id = name.slice(0, -'.png'.length);
    if (!files.has(id)) files.set(id, name);
  }
  return files;
}

/**
 * Reads one file of a pair.
 * @throws Error that names the file, since either the prediction or a truth of an image may be faulty
 */
export async function readNamed<T>(file: string, read: (file: string) => Promise<T>): Promise<T> {
  try {
    return await read(file);
  } catch (error) {
    throw new Error(`${file}: ${error instanceof ImageError ? error.reason : reasonOf(error)}`, {
      cause: error,
    });
  }
}
