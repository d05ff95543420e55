import { fromHex, toHex } from '../../../../../mask/colours/colour';
import { listMark } from './classListFile';
import { checkWellFormed, NameError } from './names';
import { DistinctColours } from './vocColours';

/** A class of a list, by the order of which classes are numbered from 1. */
export interface ListedClass {
  readonly name: string;
  /** `#rrggbb` */
  readonly colour: string;
}

export const background = 'background';

/** The first words of lists in which a colour is one class's; earlier ones shared colours, also between objects. */
const distinctMark = `${listMark} One colour a class.`;

/** The new text of `labelmap.txt`, and its classes without background. */
export interface ExtendedLabelmap {
  readonly text: string;
  readonly classes: readonly ListedClass[];
  /** The classes as the text had them before. */
  readonly before: readonly ListedClass[];
  /** Whether masks that were written before may have other colours than the list now. */
  readonly isRecoloured: boolean;
}

/**
 * Adds classes to the text of `labelmap.txt` of Pascal VOC, as CVAT and Datumaro read it: `name:r,g,b:parts:actions` a
 * line. The lines and numbers of those listed stay. Each class has a colour of its own, since readers know classes by
 * it; where listed ones share a colour, the later ones get another.
 * @param text undefined makes a new list
 * @throws Error, a clause for people, when the list is not understood or a name cannot be held
 */
export function extendLabelmap(text: string | undefined, wanted: readonly ListedClass[]): ExtendedLabelmap {
  for (const { name } of wanted) checkName(name);
  const lines = (text ?? `${distinctMark} label:color_rgb:parts:actions\n${background}:0,0,0::\n`).split(
    /(?<=\r\n|\r(?!\n)|\n)/,
  );
  const before: ListedClass[] = [];
  const colours = new DistinctColours();
  let hasBackground = false;
  const present = lines.map((line, index) => {
    const listed = parseLine(line, `line ${index + 1}`);
    if (!listed) return line.trimStart().startsWith(listMark) ? withMark(line) : line;
    if (listed.name === background) {
      if (hasBackground || listed.colour !== '#000000')
        throw new Error(`line ${index + 1} must give background the colour 0,0,0`);
      hasBackground = true;
      return line;
    }
    if (before.some(({ name }) => name === listed.name))
      throw new Error(`line ${index + 1} lists “${listed.name}” a second time`);
    before.push(listed);
    const colour = colours.take(listed.colour);
    return colour === listed.colour ? line : line.replace(/:[^:]*/, `:${fromHex(colour).join(',')}`);
  });
  if (!hasBackground) throw new Error(`it has no line ${background}:0,0,0::`);
  const added = wanted
    .filter(({ name }) => name !== background && !before.some(listed => listed.name === name))
    .map(({ name, colour }) => ({ name, colour: colours.take(colour) }));
  const newline = text?.includes('\r\n') ? '\r\n' : '\n';
  const kept = present.join('');
  const joint = /[\r\n]$/.test(kept) || added.length === 0 ? '' : newline;
  const extended = kept + joint + added.map(one => `${one.name}:${fromHex(one.colour).join(',')}::${newline}`).join('');
  const classes = [...present.flatMap((line, index) => parseLine(line, `line ${index + 1}`) ?? []), ...added];
  return {
    text: extended,
    classes: classes.filter(({ name }) => name !== background),
    before,
    isRecoloured: text !== undefined && kept !== text,
  };
}

/** Lists the classes of a `labelmap.txt`, background included. @throws Error, a clause that names the line */
export function parseLabelmap(text: string): ListedClass[] {
  return text.split(/\r\n|\r|\n/).flatMap((line, index) => parseLine(line, `line ${index + 1}`) ?? []);
}

/** Says in the first comment that colours are one class's. */
function withMark(line: string): string {
  return line.includes(distinctMark) ? line : line.replace(listMark, distinctMark);
}

/** What Python takes for blanks around a line. */
// eslint-disable-next-line no-control-regex -- Python counts four separators among them.
const blanks = /^[\s\x1c-\x1f\x85]+|[\s\x1c-\x1f\x85]+$/g;

function parseLine(line: string, place: string): ListedClass | undefined {
  const text = line.replace(blanks, '');
  if (text === '' || text.startsWith('#')) return undefined;
  const fields = text.split(':');
  if (fields.length !== 4) throw new Error(`${place} has not the four fields name:r,g,b:parts:actions`);
  const [name, colour] = fields as [string, string];
  const rgb = colour.split(',').map(value => (/^\s*\d{1,3}\s*$/.test(value) ? Number(value) : NaN));
  const [red, green, blue] = rgb;
  if (rgb.length !== 3 || !rgb.every(value => value <= 255))
    throw new Error(`${place} gives “${name}” no colour of the form r,g,b`);
  return { name, colour: toHex([red!, green!, blue!]) };
}

/** @throws NameError for a name that readers of the list would read otherwise */
function checkName(name: string): void {
  checkWellFormed(name, 'Pascal VOC');
  const fault = name.includes(':')
    ? 'a colon ends a name in its labelmap.txt'
    : /[\p{Cc}\u2028\u2029]/u.test(name)
      ? 'a line of its labelmap.txt would end in it'
      : name.startsWith('#')
        ? 'a line of its labelmap.txt that begins with # is a comment'
        : name === '' || name.replace(blanks, '').length < name.length || name.startsWith('\ufeff')
          ? 'it is empty, or has blanks at its ends, which would be lost'
          : undefined;
  if (fault !== undefined) throw new NameError('Pascal VOC', name, fault);
}
