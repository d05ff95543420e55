/** Names of Labelless's files. All names here are file names without a folder. */

/** The extensions of the images that can be segmented, in lower case, without the dot. */
export const imageExtensions = [
  'png',
  'jpg',
  'jpeg',
  'jpe',
  'jfif',
  'webp',
  'tif',
  'tiff',
  'bmp',
  'gif',
  'avif',
] as const;

const ownEndings = ['.mask.png', '.mask.json', '.mask.npy', '.overlay.png', '.figure.png', '.coco.json'];
/** The folders of exports that hold the images of a folder, or the classes of one mask. */
const sharedFolders = { voc: 'labelless.voc', yolo: 'labelless.yolo' } as const;
const classesEnding = '.mask.classes';
/** The folder among images in which lies what was learned from their masks. */
export const roundsFolder = 'labelless.rounds';
/** What macOS, Synology and Windows add to archives and shared disks: copies and thumbnails, named like the images. */
const systemFolders = ['__macosx', '@eadir', '$recycle.bin', 'system volume information'];

/** The names of everything that can be written for an image. `classes`, `voc` and `yolo` are folders. */
export interface OutputNames {
  mask: string;
  sidecar: string;
  npy: string;
  overlay: string;
  classes: string;
  coco: string;
  labelme: string;
  voc: string;
  yolo: string;
  /** The name of the image's files in these folders, without extension. */
  stem: string;
}

/** Whether the name of a file is one that Labelless gives to its own files. */
export function isOwnOutput(name: string): boolean {
  const lower = name.toLowerCase();
  return ownEndings.some(ending => lower.endsWith(ending) && lower.length > ending.length);
}

/** Whether the name of a folder is one of those that Labelless writes into. */
export function isOwnFolder(name: string): boolean {
  const lower = name.toLowerCase();
  const own = [...Object.values<string>(sharedFolders), roundsFolder];
  return own.includes(lower) || lower.endsWith(classesEnding);
}

/**
 * Whether a search for images leaves out the folder of this name: a hidden one, one that Labelless exports into, or one
 * that an operating system adds.
 */
export function isSkippedFolder(name: string): boolean {
  return name.startsWith('.') || isOwnFolder(name) || systemFolders.includes(name.toLowerCase());
}

/**
 * Whether a file holds what macOS stores beside a file on disks and in archives of other systems (AppleDouble):
 * `._photo.jpg` is no picture.
 */
export function isAppleDouble(name: string): boolean {
  return name.slice(name.lastIndexOf('/') + 1).startsWith('._');
}

/**
 * Whether a file is an image to segment, by its name: of a known type, neither one of Labelless's own files nor one
 * that macOS adds.
 */
export function isImageName(name: string): boolean {
  const dot = name.lastIndexOf('.');
  const extension = name.slice(dot + 1).toLowerCase();
  return (
    dot > 0 && (imageExtensions as readonly string[]).includes(extension) && !isOwnOutput(name) && !isAppleDouble(name)
  );
}

/**
 * A name with its letters composed (Unicode normalization form C). macOS and its archives write `é` as two characters,
 * other systems as one; to the eye, and to macOS, both are one name.
 */
export function composedName(name: string): string {
  return name.normalize('NFC');
}

/** Whether two names differ at most in how their letters are composed. */
export function sameFileName(a: string, b: string): boolean {
  return a === b || composedName(a) === composedName(b);
}

/** A name in the form in which Windows and macOS compare names: letters composed, case ignored. */
export function foldedName(name: string): string {
  return composedName(name).toLowerCase();
}

/**
 * Looks names up among others: the name itself where it is there, else the first that differs only in how its letters
 * are composed.
 * @param names file names, or paths with the same separators as those looked up
 */
export function nameLookup(names: Iterable<string>): (name: string) => string | undefined {
  const exact = new Set(names);
  let composed: Map<string, string> | undefined; // most names are there as they are asked for
  return name => {
    if (exact.has(name)) return name;
    composed ??= new Map([...exact].reverse().map(other => [composedName(other), other]));
    return composed.get(composedName(name));
  };
}

/**
 * The name of an image's mask: `photo.jpg` → `photo.mask.png`, or `photo.jpg.mask.png` when another image among
 * `siblings` has the same stem. Stems are compared as the file systems of Windows and macOS do.
 * @param siblings names of the other inputs and of the files beside the image; the image itself may be among them
 */
export function maskName(image: string, siblings: Iterable<string> = []): string {
  const stem = foldedName(stemOf(image));
  for (const other of siblings) {
    if (!sameFileName(other, image) && isImageName(other) && foldedName(stemOf(other)) === stem)
      return `${image}.mask.png`;
  }
  return `${stemOf(image)}.mask.png`;
}

/** The names of all outputs for an image, all with one stem; see `maskName`. */
export function outputNames(image: string, siblings: Iterable<string> = []): OutputNames {
  return namesWithMask(maskName(image, siblings));
}

/** The names of what is written with a mask of a name that ends in `.mask.png`. */
export function namesWithMask(mask: string): OutputNames {
  const stem = mask.slice(0, -'.mask.png'.length);
  return {
    stem,
    mask,
    sidecar: sidecarName(mask),
    npy: `${stem}.mask.npy`,
    overlay: `${stem}.overlay.png`,
    classes: `${stem}${classesEnding}`,
    coco: `${stem}.coco.json`,
    labelme: `${stem}.json`,
    ...sharedFolders, // LabelMe looks for an image's file under this name
  };
}

/**
 * Groups names by the stems of images. The result gives the names that share an image's stem: the `siblings` for
 * `outputNames` where a folder has thousands of files.
 */
export function siblingsByStem(names: Iterable<string>): (image: string) => readonly string[] {
  const stems = groupedBy(names, name => foldedName(stemOf(name)));
  return image => stems.get(foldedName(stemOf(image))) ?? [];
}

/**
 * The name of a mask's sidecar: `photo.mask.png` → `photo.mask.json`. For a mask of another name, `.json` replaces
 * `.png`.
 */
export function sidecarName(mask: string): string {
  return `${mask.replace(/\.png$/i, '')}.json`;
}

/**
 * The names that an existing mask of an image can have, first the one that `maskName` gives now. They differ since
 * other images may have come or gone after the mask was written.
 */
export function maskCandidates(image: string, siblings: Iterable<string> = []): [first: string, second: string] {
  const first = maskName(image, siblings);
  return [first, first === `${image}.mask.png` ? `${stemOf(image)}.mask.png` : `${image}.mask.png`];
}

/**
 * The images among `names` that a mask may belong to, the likeliest first; empty when the name is not that of a mask.
 * `photo.mask.png` may belong to `photo.jpg` or to `photo.png`: its sidecar names the image.
 */
export function imageCandidates(mask: string, names: Iterable<string>): string[] {
  return isMaskName(mask) ? candidateLookup(names)(mask) : [];
}

/** Makes `imageCandidates` of these names, for masks of which there are many. */
export function candidateLookup(names: Iterable<string>): (mask: string) => string[] {
  const images = [...names].filter(isImageName);
  const byName = groupedBy(images, foldedName);
  const withStem = siblingsByStem(images);
  return mask => {
    if (!isMaskName(mask)) return [];
    const stem = mask.slice(0, -'.mask.png'.length);
    return [...(byName.get(foldedName(stem)) ?? []), ...withStem(`${stem}.png`)];
  };
}

/** Whether the name of a file is that of a mask. */
export function isMaskName(name: string): boolean {
  return name.length > '.mask.png'.length && name.toLowerCase().endsWith('.mask.png') && !isAppleDouble(name);
}

function stemOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? name.slice(0, dot) : name;
}

function groupedBy(names: Iterable<string>, keyOf: (name: string) => string): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const name of names) {
    const key = keyOf(name);
    const same = groups.get(key);
    if (same) same.push(name);
    else groups.set(key, [name]);
  }
  return groups;
}
