/** Names of Labelless's files. All names here are file names without a folder. */

/** Extensions of the images that can be segmented, lower case, without the dot. */
export const imageExtensions = ['png', 'jpg', 'jpeg', 'webp', 'tif', 'tiff', 'bmp', 'gif', 'avif'] as const;

const ownEndings = ['.mask.png', '.mask.json', '.mask.npy', '.overlay.png', '.figure.png', '.coco.json'];
/** Folders of exports: of the images of a folder together, and of the classes of one mask. */
const sharedFolders = { voc: 'labelless.voc', yolo: 'labelless.yolo' } as const;
const classesEnding = '.mask.classes';

/** The names of everything that can be written for an image; those of `classes`, `voc` and `yolo` are of folders. */
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
  /** What files in the folders are called, without extension. */
  stem: string;
}

/** Whether a file is called as Labelless calls its own files. */
export function isOwnOutput(name: string): boolean {
  const lower = name.toLowerCase();
  return ownEndings.some(ending => lower.endsWith(ending) && lower.length > ending.length);
}

/** Whether a folder is called as those that Labelless exports into. */
export function isOwnFolder(name: string): boolean {
  const lower = name.toLowerCase();
  return Object.values<string>(sharedFolders).includes(lower) || lower.endsWith(classesEnding);
}

/** Whether a file is, by its name, an image to segment: of a known type and not one of Labelless's own files. */
export function isImageName(name: string): boolean {
  const dot = name.lastIndexOf('.');
  const extension = name.slice(dot + 1).toLowerCase();
  return dot > 0 && (imageExtensions as readonly string[]).includes(extension) && !isOwnOutput(name);
}

/**
 * The mask's name for an image: `photo.jpg` → `photo.mask.png`; `photo.jpg.mask.png` when another image among
 * `siblings` (names of the other inputs and of the files beside the image; the image itself may be among them) has the
 * same stem. Stems compare without case, as the file systems of Windows and macOS do.
 */
export function maskName(image: string, siblings: Iterable<string> = []): string {
  const stem = stemOf(image).toLowerCase();
  for (const other of siblings) {
    if (other !== image && isImageName(other) && stemOf(other).toLowerCase() === stem) return `${image}.mask.png`;
  }
  return `${stemOf(image)}.mask.png`;
}

/** The names of all outputs for an image, named alike; see `maskName`. */
export function outputNames(image: string, siblings: Iterable<string> = []): OutputNames {
  const mask = maskName(image, siblings);
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
 * Of many names those that have an image's stem, found at once: `siblings` for `outputNames` where there are thousands.
 */
export function siblingsByStem(names: Iterable<string>): (image: string) => readonly string[] {
  const stems = new Map<string, string[]>();
  for (const name of names) {
    const stem = stemOf(name).toLowerCase();
    const same = stems.get(stem);
    if (same) same.push(name);
    else stems.set(stem, [name]);
  }
  return image => stems.get(stemOf(image).toLowerCase()) ?? [];
}

/**
 * The sidecar of a mask: `photo.mask.png` → `photo.mask.json`; of a mask with another name its name with `.json` for
 * `.png`.
 */
export function sidecarName(mask: string): string {
  return `${mask.replace(/\.png$/i, '')}.json`;
}

/**
 * Names that an image's mask can have, the one that `maskName` gives first: neighbours come and go after a mask is
 * written.
 */
export function maskCandidates(image: string, siblings: Iterable<string> = []): [first: string, second: string] {
  const first = maskName(image, siblings);
  return [first, first === `${image}.mask.png` ? `${stemOf(image)}.mask.png` : `${image}.mask.png`];
}

/**
 * The images among `names` that a mask may belong to, the likeliest first; empty when the name is no mask's.
 * `photo.mask.png` may be of `photo.jpg` and of `photo.png`: their sidecar tells which.
 */
export function imageCandidates(mask: string, names: Iterable<string>): string[] {
  if (!isMaskName(mask)) return [];
  const stem = mask.slice(0, -'.mask.png'.length).toLowerCase();
  const images = [...names].filter(isImageName);
  return [
    ...images.filter(name => name.toLowerCase() === stem),
    ...images.filter(name => stemOf(name).toLowerCase() === stem),
  ];
}

/** Whether a file is called as a mask is. */
export function isMaskName(name: string): boolean {
  return name.length > '.mask.png'.length && name.toLowerCase().endsWith('.mask.png');
}

function stemOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? name.slice(0, dot) : name;
}
