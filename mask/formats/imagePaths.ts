import { composedName, foldedName } from '../files/fileNames';

/** Finds the images that the names in a list mean, such as `file_name` in COCO, however their paths are written. */

/** An image on this machine. */
export interface ImagePath {
  /** Absolute path. */
  readonly file: string;
  /** The path in the folder that the list is about, where there is one: a name that equals it means this image. */
  readonly relative?: string;
}

/** The names of a list that mean an image, and those that could mean several. */
export interface PathMatches {
  /** The names of each image, by its file: one path, in one spelling or in several. */
  readonly namesOf: ReadonlyMap<string, readonly string[]>;
  /** Names that fit several images equally well, or share an image with other names. They mean none. */
  readonly ambiguous: readonly string[];
  /** Names that fit no image. */
  readonly unknown: readonly string[];
}

/**
 * Splits the path of a list into its parts: both `/` and `\` part folders, `.` and `..` are resolved, and of a `file:`
 * or web address only the path counts.
 */
export function pathParts(name: string): string[] {
  const parts: string[] = [];
  for (const part of withoutAddress(name.trim()).split(/[\\/]+/)) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts;
}

function withoutAddress(name: string): string {
  const path = /^(?:file|https?|s3|gs):\/\/[^/]*(\/[^?#]*)/i.exec(name)?.[1];
  if (path === undefined) return name;
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/**
 * Matches images with the names of a list. A name means the image whose path it is, in its own spelling, else in
 * another Unicode form, else in other case; failing that, the image with which it has the longest end of the path in
 * common. An image and a name belong together when each fits no other as well: nothing is guessed.
 */
export function matchImagePaths(images: readonly ImagePath[], names: Iterable<string>): PathMatches {
  const spellings = new Map<string, string[]>();
  for (const name of new Set(names)) {
    const key = pathParts(name).join('/');
    const others = spellings.get(key);
    if (others) others.push(name);
    else spellings.set(key, [name]);
  }
  const listed = [...spellings.values()].map((same): Path => {
    const parts = pathParts(same[0]!);
    return { parts, whole: parts };
  });
  const depth = listed.reduce((most, { parts }) => Math.max(most, parts.length), 0);
  const present = images.map(({ file, relative }): Path => ({
    parts: pathParts(file).slice(-depth),
    ...(relative !== undefined && { whole: pathParts(relative) }),
  }));
  const [imageEnds, nameEnds] = [new PathEnds(present), new PathEnds(listed)];
  const namesOf = new Map<string, readonly string[]>();
  const ambiguous: string[] = [];
  const unknown: string[] = [];
  for (const [index, same] of [...spellings.values()].entries()) {
    const [image, ...rivals] = imageEnds.bestFor(listed[index]!);
    if (image === undefined) {
      unknown.push(...same);
      continue;
    }
    const fitting = rivals.length > 0 ? [] : nameEnds.bestFor(present[image]!);
    if (fitting.length === 1 && fitting[0] === index) namesOf.set(images[image]!.file, same);
    else (rivals.length > 0 || fitting.includes(index) ? ambiguous : unknown).push(...same);
  }
  return { namesOf, ambiguous, unknown };
}

interface Path {
  readonly parts: readonly string[];
  /** The parts of a path from which nothing is missing. */
  readonly whole?: readonly string[];
}

/** The number of paths that are kept for one end: more than one is ambiguous all the same. */
const mostKept = 64;

/** Paths by their ends. */
class PathEnds {
  private readonly byEnd = new Map<string, number[]>();

  constructor(private readonly paths: readonly Path[]) {
    for (const [index, { parts, whole }] of paths.entries()) {
      if (whole) this.add(wholeKey(whole), index);
      const alike = parts.map(part => foldedName(part));
      for (let from = parts.length - 1; from >= 0; from--) this.add(alike.slice(from).join('/'), index);
    }
  }

  /** The paths that fit one best; several where they fit equally well. */
  bestFor({ parts, whole }: Path): readonly number[] {
    const same = whole && this.byEnd.get(wholeKey(whole));
    if (same) return this.nearest(same, whole);
    const alike = parts.map(part => foldedName(part));
    for (let from = 0; from < parts.length; from++) {
      const found = this.byEnd.get(alike.slice(from).join('/'));
      if (found) return this.nearest(found, parts.slice(from));
    }
    return [];
  }

  /** Of paths with one end, those that spell it exactly so; else those that do in composed form; else all. */
  private nearest(found: readonly number[], end: readonly string[]): readonly number[] {
    if (found.length === 1) return found;
    for (const spelling of [(text: string) => text, composedName]) {
      const wanted = spelling(end.join('/'));
      const exact = found.filter(index => spelling(this.paths[index]!.parts.slice(-end.length).join('/')) === wanted);
      if (exact.length > 0) return exact;
    }
    return found;
  }

  private add(key: string, index: number): void {
    const found = this.byEnd.get(key);
    if (!found) this.byEnd.set(key, [index]);
    else if (found.length < mostKept) found.push(index);
  }
}

function wholeKey(parts: readonly string[]): string {
  return `/${parts.map(part => foldedName(part)).join('/')}`;
}
