import path from 'node:path';
import type { Experiment, LayoutName } from '../../experiment/experimentSchema';
import { dataFoldersIn } from '../layouts/datasetFiles';
import type { LabelledImage, LabelledPaths } from '../layouts/layout';
import { classesIn } from './classesOfLabels';
import type { ImageLimits } from '../../image/imageHeader';
import { layouts } from '../layouts';

/** A guess at the layout of a folder of labelled pictures. */
export interface LayoutGuess {
  readonly layout: LayoutName;
  /** Paths of images and labels in the folder, where they differ from the layout's own. */
  readonly paths?: LabelledPaths;
  readonly classes: Experiment['classes'];
  readonly pairs: readonly LabelledImage[];
}

interface Candidate {
  readonly layout: LayoutName;
  readonly paths?: LabelledPaths;
  /** The pattern of an image's file name, for a layout whose folders other layouts have too. */
  readonly named?: RegExp;
}

/** The number of label files that are read to find the classes in them. */
const samples = 20;
const mostFolders = 12;

/**
 * The layouts that are tried first: those of published data sets, whose folders have names of their own, come before
 * general ones.
 */
const published: readonly Candidate[] = [
  { layout: 'cityscapes' },
  { layout: 'synthia' },
  { layout: 'camvid' },
  { layout: 'gta5', named: /^\d{5}\.png$/ },
  { layout: 'coco' },
  { layout: 'folders' },
  { layout: 'labelless' },
  { layout: 'labelme' },
];

/**
 * Guesses in which layout a folder's pictures and labels lie, and which classes are in them: the first layout that
 * finds both, and whose labels can be read. Undefined where none does.
 */
export async function guessLayout(
  folder: string,
  limits: ImageLimits,
  signal: AbortSignal,
): Promise<LayoutGuess | undefined> {
  for (const candidate of [...published, ...(await foldersBeside(folder))]) {
    signal.throwIfAborted();
    const guess = await tryCandidate(candidate, folder, limits, signal).catch(() => undefined);
    if (guess) return guess;
  }
  return undefined;
}

/**
 * Lists every two folders in a folder: first those whose names suggest labels, and none whose names suggest the
 * opposite. Then come labels in a folder among the images, and masks beside them.
 */
async function foldersBeside(folder: string): Promise<Candidate[]> {
  const names = (await dataFoldersIn(folder)).slice(0, mostFolders);
  const labelScore = (name: string) => (/label|mask|annot|truth|gt|seg/i.test(name) ? 1 : 0);
  const likely = ({ images, labels }: LabelledPaths) => labelScore(labels) - labelScore(images);
  const pairs = names.flatMap(images => names.filter(labels => labels !== images).map(labels => ({ images, labels })));
  const within = names.filter(name => labelScore(name) > 0).map(labels => ({ images: '.', labels }));
  return [
    ...pairs.filter(pair => likely(pair) >= 0).sort((a, b) => likely(b) - likely(a)),
    ...within,
    { images: '.', labels: '.' },
  ].map((paths): Candidate => ({ layout: 'folders', paths }));
}

/** Tries one layout on a folder; undefined where the folder does not fit it. @throws the errors of the layout */
async function tryCandidate(
  { layout: name, paths, named }: Candidate,
  folder: string,
  limits: ImageLimits,
  signal: AbortSignal,
): Promise<LayoutGuess | undefined> {
  const layout = layouts[name];
  const { images, labels } = paths ?? layout.paths({}, folder, 'source');
  const { pairs } = await layout.list(path.resolve(folder, images), path.resolve(folder, labels));
  const [first] = pairs;
  if (!first || (named && !named.test(path.basename(first.image)))) return undefined;
  signal.throwIfAborted();
  const classes = await classesIn(name, sampleEvenly(pairs), limits);
  return classes && { layout: name, pairs, classes, ...(paths && { paths }) };
}

function sampleEvenly<T>(list: readonly T[]): T[] {
  const count = Math.min(samples, list.length);
  return Array.from({ length: count }, (_, index) => list[Math.floor((index * list.length) / count)]!);
}
