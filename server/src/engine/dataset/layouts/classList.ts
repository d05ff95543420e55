import { palette } from '../../../../../mask/colours/palettes';
import { foldedName } from '../../../../../mask/files/fileNames';
import { backgroundNames } from '../../../../../mask/shapes/shapes';
import type { ClassDefinition, Experiment } from '../../experiment/experimentSchema';

/** The label of pixels that count neither in training nor in evaluation. */
export const ignoreLabel = 255;

/** The classes of an experiment: a class's place in the list is its index in labels and outputs. */
export interface ClassList {
  /** The name of a built-in list, whose classes a layout with values of its own knows too. */
  readonly builtIn?: BuiltInName;
  readonly definitions: readonly ClassDefinition[];
  /** Values of label images that mean no class, as the data set defines: pixels with them do not count. */
  readonly ignored: ReadonlySet<number>;
  /** Whether the colours of the definitions mean nothing, as they come from a list of names. */
  readonly namesAlone?: true;
}

type BuiltInName = Extract<Experiment['classes'], string>;
type Row = readonly [name: string, value: number, colour: string];

const define = (rows: readonly Row[]): ClassDefinition[] =>
  rows.map(([name, value, colour]) => ({ name, values: [value], colour }));

/**
 * The 19 classes that Cityscapes is evaluated on (Cordts et al., CVPR 2016), in the order of their train ids, with the
 * label ids and colours of the data set's own scripts.
 */
const cityscapes19 = define([
  ['road', 7, '#804080'],
  ['sidewalk', 8, '#f423e8'],
  ['building', 11, '#464646'],
  ['wall', 12, '#66669c'],
  ['fence', 13, '#be9999'],
  ['pole', 17, '#999999'],
  ['traffic light', 19, '#faaa1e'],
  ['traffic sign', 20, '#dcdc00'],
  ['vegetation', 21, '#6b8e23'],
  ['terrain', 22, '#98fb98'],
  ['sky', 23, '#4682b4'],
  ['person', 24, '#dc143c'],
  ['rider', 25, '#ff0000'],
  ['car', 26, '#00008e'],
  ['truck', 27, '#000046'],
  ['bus', 28, '#003c64'],
  ['train', 31, '#005064'],
  ['motorcycle', 32, '#0000e6'],
  ['bicycle', 33, '#770b20'],
]);

/**
 * The 11 classes that CamVid (Brostow et al., PRL 2009) is evaluated on, numbered as in SegNet's label images
 * (Badrinarayanan et al., TPAMI 2017).
 */
const camvid11 = define([
  ['Sky', 0, '#808080'],
  ['Building', 1, '#800000'],
  ['Pole', 2, '#c0c080'],
  ['Road', 3, '#804080'],
  ['Pavement', 4, '#0000c0'],
  ['Tree', 5, '#808000'],
  ['SignSymbol', 6, '#c08080'],
  ['Fence', 7, '#404080'],
  ['Car', 8, '#400080'],
  ['Pedestrian', 9, '#404000'],
  ['Bicyclist', 10, '#0080c0'],
]);

const builtIns: Readonly<Record<BuiltInName, ClassList>> = {
  // Cityscapes numbers 15 more, which its evaluation leaves out, 34 being GTA5's for a licence plate.
  cityscapes19: {
    builtIn: 'cityscapes19',
    definitions: cityscapes19,
    ignored: new Set([0, 1, 2, 3, 4, 5, 6, 9, 10, 14, 15, 16, 18, 29, 30, 34, ignoreLabel]),
  },
  camvid11: { builtIn: 'camvid11', definitions: camvid11, ignored: new Set([11, ignoreLabel]) },
};

/** The built-in list of a name. */
export function builtInClassList(name: BuiltInName): ClassList {
  return builtIns[name];
}

/**
 * Resolves the classes of an experiment.
 * @throws Error for a name, or a label value, that two classes have
 */
export function resolveClasses(classes: Experiment['classes']): ClassList {
  if (typeof classes === 'string') return builtIns[classes];
  const names = new Set<string>();
  const owners = new Map<number, string>();
  for (const { name, values } of classes) {
    if (names.has(nameKey(name))) throw new Error(`classes: two are called ${name}; give each a name of its own`);
    names.add(nameKey(name));
    for (const value of values) {
      const owner = owners.get(value);
      if (owner !== undefined)
        throw new Error(`classes: the label value ${value} means both ${owner} and ${name}; leave it to one of them`);
      owners.set(value, name);
    }
  }
  return { definitions: classes, ignored: new Set(owners.has(ignoreLabel) ? [] : [ignoreLabel]) };
}

/** The number of classes of an experiment, without a check of them. */
export function countClasses(classes: Experiment['classes']): number {
  return typeof classes === 'string' ? builtIns[classes].definitions.length : classes.length;
}

/** Indices by name of lists of classes, since annotation files ask for a name with every shape. */
const indices = new WeakMap<readonly ClassDefinition[], ReadonlyMap<string, number>>();

/** Finds the index of a class by its name, without regard to case, spaces around it and Unicode composition. */
export function classIndex({ definitions }: Pick<ClassList, 'definitions'>, name: string): number | undefined {
  let byName = indices.get(definitions);
  if (!byName) {
    byName = new Map(definitions.map((definition, index) => [nameKey(definition.name), index]));
    indices.set(definitions, byName);
  }
  return byName.get(nameKey(name));
}

/** Finds the class of what no label covers: the one called `background`, where there is one. */
export function backgroundIndex(classes: ClassList): number | undefined {
  return backgroundNames.map(name => classIndex(classes, name)).find(index => index !== undefined);
}

/** Whether a name is one that labelling tools give to pixels that are to be left out. */
export function isIgnoredName(name: string): boolean {
  return /^(?:(?:__)?ignored?(?:__)?|void|un-?labell?ed)$/i.test(name.trim());
}

/** One form of all names that mean the same class. */
export function nameKey(name: string): string {
  return foldedName(name.trim());
}

/**
 * Makes a class for a value, a colour or a name found in labels, beside the classes so far.
 * @param named whether the label is a name even where it is written in digits
 */
export function classForLabel(label: string, others: readonly ClassDefinition[], named = false): ClassDefinition {
  const colour = palette[others.length % palette.length]!;
  const values = new Set(others.flatMap(other => other.values));
  if (!named && /^\d+$/.test(label) && !values.has(Number(label)))
    return { name: `class ${label}`, values: [Number(label)], colour };
  // Layouts that go by names and colours want a value all the same, which is no other class's.
  const free = Math.max(-1, ...values) + 1;
  return { name: label, values: [free], colour: !named && label.startsWith('#') ? label : colour };
}
