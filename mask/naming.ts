/** Names of Labelless's files. All names here are file names without a folder. */

/** Extensions of the images that can be segmented, lower case, without the dot. */
export const imageExtensions = ['png', 'jpg', 'jpeg', 'webp', 'tif', 'tiff', 'bmp', 'gif', 'avif'] as const;

const ownEndings = ['.mask.png', '.mask.json', '.mask.npy', '.overlay.png'];

/** The names of everything that a run can write for an image. */
export interface OutputNames { mask: string; sidecar: string; npy: string; overlay: string }

/** Whether a file is called as Labelless calls its own files. */
export function isOwnOutput(name: string): boolean {
  const lower = name.toLowerCase();
  return ownEndings.some(ending => lower.endsWith(ending) && lower.length > ending.length);
}

/** Whether a file is, by its name, an image to segment: of a known type and not one of Labelless's own files. */
export function isImageName(name: string): boolean {
  const dot = name.lastIndexOf('.');
  const extension = name.slice(dot + 1).toLowerCase();
  return dot > 0 && (imageExtensions as readonly string[]).includes(extension) && !isOwnOutput(name);
}

/**
 * The mask's name for an image: `photo.jpg` → `photo.mask.png`; `photo.jpg.mask.png` when another image among `siblings`
 * (names of the other inputs and of the files beside the image; the image itself may be among them) has the same stem.
 * Stems compare without case, as the file systems of Windows and macOS do.
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
  return { mask, sidecar: sidecarName(mask), npy: `${stem}.mask.npy`, overlay: `${stem}.overlay.png` };
}

/** The sidecar of a mask: `photo.mask.png` → `photo.mask.json`; of a mask with another name its name with `.json` for `.png`. */
export function sidecarName(mask: string): string {
  return `${mask.replace(/\.png$/i, '')}.json`;
}

/** Names that an image's mask can have, the one that `maskName` gives first: neighbours come and go after a mask is written. */
export function maskCandidates(image: string, siblings: Iterable<string> = []): string[] {
  const first = maskName(image, siblings);
  return [first, first === `${image}.mask.png` ? `${stemOf(image)}.mask.png` : `${image}.mask.png`];
}

/**
 * The images among `names` that a mask may belong to, the likeliest first; empty when the name is no mask's.
 * `photo.mask.png` may be of `photo.jpg` and of `photo.png`: their sidecar tells which.
 */
export function photoCandidates(mask: string, names: Iterable<string>): string[] {
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
