import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { ClassDefinition, Experiment, LayoutName } from '../../experiment/experimentSchema';
import { ignoreLabel, resolveClasses, type ClassList, classForLabel } from '../layouts/classList';
import type { Layout, LabelledImage, LabelledPaths } from '../layouts/layout';
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
/** The largest number of colours of labels: a photo has more, a hand-made legend fewer. */
const mostColours = 64;

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
 * opposite.
 */
async function foldersBeside(folder: string): Promise<Candidate[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const names = entries
    .filter(entry => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .sort()
    .slice(0, mostFolders);
  const labelScore = (name: string) => (/label|mask|annot|truth|gt|seg/i.test(name) ? 1 : 0);
  const likely = ({ images, labels }: LabelledPaths) => labelScore(labels) - labelScore(images);
  const pairs = names.flatMap(images => names.filter(labels => labels !== images).map(labels => ({ images, labels })));
  return pairs
    .filter(pair => likely(pair) >= 0)
    .sort((a, b) => likely(b) - likely(a))
    .map((paths): Candidate => ({ layout: 'folders', paths }));
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
  const classes = await classesIn(layout, sampleEvenly(pairs), limits);
  return classes && { layout: name, pairs, classes, ...(paths && { paths }) };
}

/**
 * Finds the built-in classes that a layout's labels fit, else the classes found in them; undefined for labels that are
 * a photo, or of one class.
 */
async function classesIn(
  layout: Layout,
  pairs: readonly LabelledImage[],
  limits: ImageLimits,
): Promise<Experiment['classes'] | undefined> {
  const { builtIn } = layout;
  if (builtIn && (await unknownLabels(layout, pairs, resolveClasses(builtIn), limits)).size === 0) return builtIn;
  const names = await unknownLabels(layout, pairs, { definitions: [], ignored: new Set([ignoreLabel]) }, limits);
  const most = [...names].some(name => name.startsWith('#')) ? mostColours : 255;
  return names.has('others') || names.size < 2 || names.size > most
    ? undefined
    : [...names]
        .sort(byNumber)
        .reduce<ClassDefinition[]>((found, label) => [...found, classForLabel(label, found)], []);
}

async function unknownLabels(
  layout: Layout,
  pairs: readonly LabelledImage[],
  classes: ClassList,
  limits: ImageLimits,
): Promise<Set<string>> {
  const names = new Set<string>();
  for (const { label } of pairs)
    for (const name of (await layout.decode(label, classes, limits)).unknown.keys()) names.add(name);
  return names;
}

function sampleEvenly<T>(list: readonly T[]): T[] {
  const count = Math.min(samples, list.length);
  return Array.from({ length: count }, (_, index) => list[Math.floor((index * list.length) / count)]!);
}

function byNumber(a: string, b: string): number {
  return Number(a) - Number(b) || (a < b ? -1 : 1);
}
