import type { ClassDefinition, Experiment, LayoutName } from '../../experiment/experimentSchema';
import type { ImageLimits } from '../../image/imageHeader';
import { classesOfImage } from '../../common/classesOfImage';
import { layouts } from '../layouts';
import { classForLabel, ignoreLabel, nameKey, resolveClasses, type ClassList } from '../layouts/classList';
import type { DecodedLabels, LabelledImage } from '../layouts/layout';
import { looksLikeTrainIds } from '../layouts/trainIds';

/** The largest number of colours of labels: a photo has more, a hand-made legend fewer. */
const mostColours = 64;
/** The colour that means no class in the colour labels of published data sets. */
const black = '#000000';
/** The highest value that labels taken for CamVid's have at least: streets show more than its first four classes. */
const fewest = 4;

/**
 * Finds the built-in classes that a layout's labels fit, else the classes found in them; undefined for labels that are
 * a photo, or of one class.
 */
export async function classesIn(
  name: LayoutName,
  pairs: readonly LabelledImage[],
  limits: ImageLimits,
): Promise<Experiment['classes'] | undefined> {
  const ofFolder = name === 'labelless' ? await folderClasses(pairs) : undefined;
  if (ofFolder) return ofFolder;
  const { builtIn } = layouts[name];
  if (builtIn && (await fits(name, resolveClasses(builtIn), pairs, limits))) return builtIn;
  // Cityscapes' label ids are not the only numbers that lie as GTA5 does: the layout of two folders reads them alike.
  if (name === 'gta5') return undefined;
  const none: ClassList = { definitions: [], ignored: new Set([ignoreLabel]) };
  const { unknown, named, hasBlack, left } = await labelsIn(name, pairs, none, limits);
  const labels = [...unknown].filter(label => label !== '');
  // A mask of one thing has two values, of which the other cannot mean no class: 0 and 255, or black and a colour.
  if (labels.length === 1 && hasBlack) labels.push(black);
  else if (labels.length === 1 && left.has(ignoreLabel)) labels.push(String(ignoreLabel));
  const most = labels.some(label => label.startsWith('#')) && !named ? mostColours : 255;
  return unknown.has('others') || labels.length < 2 || labels.length > most
    ? undefined
    : labels
        .sort(numbersFirst)
        .reduce<ClassDefinition[]>((found, label) => [...found, classForLabel(label, found, named)], []);
}

/** The classes of the class file of images; undefined without one, or where it has too few. */
async function folderClasses([first]: readonly LabelledImage[]): Promise<ClassDefinition[] | undefined> {
  const found = first && (await classesOfImage(first.image));
  if (!found || !('list' in found) || found.list.classes.length < 2) return undefined;
  return found.list.classes.map(({ id, name, colour }) => ({ name, values: [id], colour }));
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
  /** Whether a picture of colours has pixels of black, which means no class. */
  readonly hasBlack: boolean;
}

/** Reads the labels of a sample, but for files that cannot be read. @throws the error of one of them where all fail */
async function labelsIn(
  name: LayoutName,
  pairs: readonly LabelledImage[],
  classes: ClassList,
  limits: ImageLimits,
): Promise<SampleLabels> {
  const unknown = new Map<string, string>();
  const left = new Map<number, number>();
  const pixels = new Float64Array(256);
  let [named, isOfColours, hasBlack] = [false, false, false];
  let failure: unknown;
  let read = 0;
  for (const pair of pairs) {
    const map = await layouts[name].decode(pair, classes, limits).catch((error: unknown) => {
      failure = error;
    });
    if (!map) continue;
    read++;
    for (const label of map.unknown.keys()) if (!unknown.has(nameKey(label))) unknown.set(nameKey(label), label);
    for (const [value, count] of map.left ?? []) left.set(value, (left.get(value) ?? 0) + count);
    for (const index of map.classes) pixels[index]!++;
    named ||= map.named === true;
    isOfColours ||= map.isOfColours === true;
    hasBlack ||= map.isOfColours === true && withoutClass(map) > sum(map.unknown.values());
  }
  if (read === 0) throw failure;
  return { unknown: new Set(unknown.values()), left, pixels, named, isOfColours, hasBlack };
}

function withoutClass({ classes }: DecodedLabels): number {
  return classes.reduce((count, index) => (index === ignoreLabel ? count + 1 : count), 0);
}

function sum(counts: Iterable<number>): number {
  return [...counts].reduce((total, count) => total + count, 0);
}

/** Orders values by number, before names in the order of the alphabet. */
function numbersFirst(a: string, b: string): number {
  const [first, second] = [Number(a), Number(b)];
  if (Number.isNaN(first) !== Number.isNaN(second)) return Number.isNaN(first) ? 1 : -1;
  return first - second || (a < b ? -1 : 1);
}
