import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { ClassDefinition, Experiment, LayoutName } from '../../experiment/experimentSchema';
import { classForLabel, ignoreLabel, nameKey, resolveClasses, type ClassList } from '../layouts/classList';
import type { LabelledImage, LabelledPaths } from '../layouts/layout';
import { looksLikeTrainIds } from '../layouts/trainIds';
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
/** The highest value that labels taken for CamVid's have at least: streets show more than its first four classes. */
const fewest = 4;

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
 * opposite. Then come labels in a folder among the images, and masks beside them.
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

/**
 * Finds the built-in classes that a layout's labels fit, else the classes found in them; undefined for labels that are
 * a photo, or of one class.
 */
async function classesIn(
  name: LayoutName,
  pairs: readonly LabelledImage[],
  limits: ImageLimits,
): Promise<Experiment['classes'] | undefined> {
  const { builtIn } = layouts[name];
  if (builtIn && (await fits(name, resolveClasses(builtIn), pairs, limits))) return builtIn;
  // Cityscapes' label ids are not the only numbers that lie as GTA5 does: the layout of two folders reads them alike.
  if (name === 'gta5') return undefined;
  const none: ClassList = { definitions: [], ignored: new Set([ignoreLabel]) };
  const { unknown, named } = await labelsIn(name, pairs, none, limits);
  const labels = [...unknown].filter(label => label !== '');
  const most = labels.some(label => label.startsWith('#')) && !named ? mostColours : 255;
  return unknown.has('others') || labels.length < 2 || labels.length > most
    ? undefined
    : labels
        .sort(numbersFirst)
        .reduce<ClassDefinition[]>((found, label) => [...found, classForLabel(label, found, named)], []);
}

/**
 * Whether labels are of a built-in list's classes: all of them, some at all, and not numbers that are in the list by
 * chance, as the 0 and 1 of a mask of one thing are.
 */
async function fits(
  name: LayoutName,
  classes: ClassList,
  pairs: readonly LabelledImage[],
  limits: ImageLimits,
): Promise<boolean> {
  const { unknown, left, pixels, isOfColours } = await labelsIn(name, pairs, classes, limits);
  const seen = classes.definitions.flatMap(({ values }, index) => (pixels[index]! > 0 ? values : []));
  if (unknown.size > 0 || seen.length === 0) return false;
  if (isOfColours || classes.builtIn !== 'camvid11') return !looksLikeTrainIds(classes, name, pixels, left);
  return seen.length === 1 || Math.max(...seen) >= fewest;
}

/** Everything that a sample's labels hold. */
interface SampleLabels {
  /** Labels of no class; values where `named` is false. Names that mean one class are one. */
  readonly unknown: ReadonlySet<string>;
  readonly left: ReadonlyMap<number, number>;
  /** The number of pixels by class, and at 255 that of none. */
  readonly pixels: Float64Array;
  readonly named: boolean;
  readonly isOfColours: boolean;
}

async function labelsIn(
  name: LayoutName,
  pairs: readonly LabelledImage[],
  classes: ClassList,
  limits: ImageLimits,
): Promise<SampleLabels> {
  const unknown = new Map<string, string>();
  const left = new Map<number, number>();
  const pixels = new Float64Array(256);
  let [named, isOfColours] = [false, false];
  for (const pair of pairs) {
    const map = await layouts[name].decode(pair, classes, limits);
    for (const label of map.unknown.keys()) if (!unknown.has(nameKey(label))) unknown.set(nameKey(label), label);
    for (const [value, count] of map.left ?? []) left.set(value, (left.get(value) ?? 0) + count);
    for (const index of map.classes) pixels[index]!++;
    named ||= map.named === true;
    isOfColours ||= map.isOfColours === true;
  }
  return { unknown: new Set(unknown.values()), left, pixels, named, isOfColours };
}

function sampleEvenly<T>(list: readonly T[]): T[] {
  const count = Math.min(samples, list.length);
  return Array.from({ length: count }, (_, index) => list[Math.floor((index * list.length) / count)]!);
}

/** Orders values by number, before names in the order of the alphabet. */
function numbersFirst(a: string, b: string): number {
  const [first, second] = [Number(a), Number(b)];
  if (Number.isNaN(first) !== Number.isNaN(second)) return Number.isNaN(first) ? 1 : -1;
  return first - second || (a < b ? -1 : 1);
}
