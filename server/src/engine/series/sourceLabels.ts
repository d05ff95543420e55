import type { Label, MaskDocument } from '../../../../mask/document/maskDocument';
import type { CarriedLabel } from '../../../../mask/document/carriedLabels';
import type { Picture } from '../image/picture';
import type { Planes } from '../pixels/planes';

/** A picture of a series, and its mask. */
export interface LabelledPicture {
  /** The name of its file, for errors. */
  readonly name: string;
  readonly picture: Picture;
  readonly document: MaskDocument;
  /** What the pretrained encoder sees in the picture, by level; undefined where it cannot be used. */
  readonly features?: readonly Planes[] | undefined;
}

/** A label that a mask gives to the next picture. */
type SourceLabel = Omit<CarriedLabel, 'regions'>;

/** What the pixels of a mask give to the next picture: a label, the background, or nothing. */
export interface SourceLabels {
  readonly labels: readonly SourceLabel[];
  /** By label: the number of its group. Labels of one class are one group, any other label is a group of its own. */
  readonly groupOf: readonly number[];
  /** The number of groups; those of the background and of nothing come last. */
  readonly groups: number;
  /** By pixel: the index of its label, or one of the two numbers below. */
  readonly sourceAt: Uint16Array;
  /** Stands for pixels of no label: the number of labels. */
  readonly background: number;
  /** Stands for pixels of labels that have neither class nor name, which say nothing: `background + 1`. */
  readonly nothing: number;
}

/** Each region of the next picture is compared with each label. */
const mostLabels = 1000;

/** Whether a mask has labels that can be carried on. */
export function isLabelled(document: MaskDocument): boolean {
  return meantLabels(document).length > 0;
}

/** The labels that have a meaning: a class, or a name that was given. */
function meantLabels(document: MaskDocument): Label[] {
  return document
    .view()
    .labels.filter(({ class: id, representative }) => id !== undefined || document.isNamed(representative));
}

/**
 * The labels that a picture can give to the next one.
 * @throws Error that names the picture when it has none, or more than can be told apart
 */
export function sourceLabels({ name, document }: LabelledPicture): SourceLabels {
  const meant = meantLabels(document);
  if (meant.length === 0) throw new Error(`${name}: no label of its mask has a class or a name`);
  if (meant.length > mostLabels)
    throw new Error(
      `${name}: its mask has ${meant.length} labels with a class or a name; ${mostLabels} can be carried`,
    );
  const groups = new Map<string, number>();
  const groupOf = meant.map(({ class: id, value }) => {
    const key = id === undefined ? `label ${value}` : `class ${id}`;
    const group = groups.get(key) ?? groups.size;
    groups.set(key, group);
    return group;
  });
  const [background, nothing] = [meant.length, meant.length + 1];
  const sourceOf = new Uint16Array(document.cut().representative.length + 1).fill(nothing);
  sourceOf[0] = background;
  meant.forEach(({ value }, index) => {
    sourceOf[value] = index;
  });
  return {
    labels: meant.map(({ class: id, name, colour }) => ({
      ...(id !== undefined && { class: id }),
      name,
      colour: colour.toLowerCase(),
    })),
    groupOf: [...groupOf, groups.size, groups.size + 1],
    groups: groups.size + 2,
    sourceAt: document.labelMap().map(value => sourceOf[value]),
    background,
    nothing,
  };
}
