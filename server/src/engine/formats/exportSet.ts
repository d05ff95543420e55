import { viewOf } from '../../../../mask/document/segmentationRecord';
import { access } from 'node:fs/promises';
import path from 'node:path';
import { settleFolder } from '../../../../files/leftovers';
import { ReadError, readRegularFile } from '../../../../files/regularFile';
import { decodeText } from '../../../../mask/files/json';
import { isOfAnotherImage, openMask } from '../../../../mask/files/maskFiles';
import {
  foldedName,
  outputNames,
  siblingsByStem,
  sidecarName,
  type OutputNames,
} from '../../../../mask/files/fileNames';
import type { OutputFormat } from '../../../../protocol/names';
import type { ReadingSettings } from '../image/imageHeader';
import { CocoAnnotations } from './encodeCoco';
import { loadImage } from '../image/loadImage';
import { ExportSource } from './exportSource';
import { checkMaskFits } from './imageMask';
import { checkReplaceable } from './replaceable';
import { useClasses } from './useClasses';
import { writeDocument, writeFiles } from './writeDocument';
import { reasonOf } from '../../../../mask/errors';
import { relativePath } from '../common/relativePath';

/** A saved mask and its image; absolute paths. */
export interface SavedMask {
  readonly image: string;
  readonly mask: string;
}

/** The largest mask or sidecar that is read, in bytes. */
const largestMask = 1e9;
/** The name of the one COCO file for all images. */
const cocoName = 'labelless.coco.json';

/**
 * Exports saved masks into one folder, as one data set where the format allows it: VOC's and YOLO's folder (YOLO's with
 * copies of the images), or one COCO file, which names images by their path below their common folder. The failure of
 * an image does not affect the others.
 */
export class MaskSetExport {
  private readonly coco = new CocoAnnotations();
  private readonly names: (string | undefined)[];
  /** The names that share a stem with a name. */
  private readonly siblings: (name: string) => readonly string[];
  private readonly base: string;
  private readonly writtenPaths = new Set<string>();
  private readonly generatedNames = new Set<string>();
  /** The number of images that were exported. */
  exported = 0;
  /** Losses of the formats and other notes, a line each that begins with the image's path. */
  readonly notes: string[] = [];
  /** Reasons why images were left out, a line each that begins with the image's path. */
  readonly failures: string[] = [];

  constructor(
    private readonly masks: readonly SavedMask[],
    private readonly format: OutputFormat,
    private readonly folder: string,
    private readonly settings: ReadingSettings,
    private readonly values: 'labels' | 'classes' = 'labels',
    private readonly polygonTolerance = 0,
  ) {
    const names = exportNames(masks.map(({ image }) => image));
    this.siblings = siblingsByStem(names.filter(name => name !== undefined));
    // A picture called photo.jpg.jpg has the stem that photo.jpg is given beside photo.png.
    const stems = names.map(name => name && outputNames(name, this.siblings(name)).stem);
    const uses = countOf(stems.filter(stem => stem !== undefined));
    this.names = names.map((name, index) => (uses.get(foldedName(stems[index] ?? '')) === 1 ? name : undefined));
    this.base = commonFolder(masks.map(({ image }) => image));
  }

  /** Paths of the written files, or of folders where many files are written there. */
  get written(): string[] {
    return [...this.writtenPaths];
  }

  /** The names that labels without one were given. */
  get generated(): string[] {
    return [...this.generatedNames];
  }

  /** Lists the files of earlier exports in the folder that this one would replace: absolute paths, of any images. */
  async existing(): Promise<string[]> {
    const { format } = this;
    const files =
      format === 'coco'
        ? [path.join(this.folder, cocoName)]
        : this.masks.flatMap(({ mask }, index) => {
            const name = this.names[index];
            const file =
              name === undefined
                ? mask
                : path.join(this.folder, mainFile(format, outputNames(name, this.siblings(name))));
            return file === mask ? [] : [file]; // a mask exported as a mask into its own folder stays what it is
          });
    const exist = await Promise.all(
      files.map(file =>
        access(file).then(
          () => true,
          () => false,
        ),
      ),
    );
    return files.filter((_, index) => exist[index]);
  }

  /** Exports one image, by its index among the masks. */
  async add(index: number): Promise<void> {
    const saved = this.masks[index]!;
    const { image } = saved;
    try {
      await this.write(saved, this.names[index]);
      this.exported++;
    } catch (error) {
      const reason = reasonOf(error);
      this.failures.push(reason.startsWith(image) ? reason : `${image}: ${reason}`);
    }
  }

  /** Writes the file that all images share. @throws Error when it cannot be written */
  async finish(): Promise<void> {
    if (this.format !== 'coco' || this.exported === 0) return;
    const file = path.join(this.folder, cocoName);
    await checkReplaceable('coco', file);
    await writeFiles(new Map([[file, this.coco.toText(`Labels of ${this.exported} images`)]]));
    this.writtenPaths.add(file);
  }

  private async write({ image: file, mask }: SavedMask, name: string | undefined): Promise<void> {
    await settleFolder(path.dirname(mask));
    const bytes = await readRegularFile(mask, largestMask);
    const { limits } = this.settings;
    const opened = openMask(bytes, await readSidecar(mask), limits.megapixels * 1e6);
    const { document, messages } = opened;
    const image = await loadImage(file, limits, { view: viewOf(document.state.run, this.settings.image) });
    checkMaskFits(file, image.picture, document);
    if (isOfAnotherImage(opened, image.sha256)) messages.push('the image has changed since its mask was made');
    if (document.view().labels.length === 0) messages.push('its mask has no labels');
    this.notes.push(...messages.map(message => `${file}: ${message}`));
    if (this.format === 'coco') {
      await useClasses(document, file, ['coco']);
      const source = new ExportSource(image, document, this.polygonTolerance);
      this.notes.push(...source.withoutClass.map(labels => `${file}: coco does not hold ${labels}`));
      this.coco.add(source, relativePath(this.base, file));
      for (const label of source.generatedNames) this.generatedNames.add(label);
      return;
    }
    if (name === undefined)
      throw new Error('another image of the export has the same name, in a folder of the same name');
    const { files, lost, generated } = await writeDocument(image, document, {
      folder: this.folder,
      formats: [this.format],
      values: this.values,
      siblings: this.siblings(name),
      withPictures: true,
      polygonTolerance: this.polygonTolerance,
      name,
    });
    for (const output of Object.values(files)) this.writtenPaths.add(output);
    for (const label of generated) this.generatedNames.add(label);
    this.notes.push(...lost.map(clause => `${file}: ${clause}`));
  }
}

/** Reads a mask's sidecar; undefined where it has none. @throws Error when what is there cannot be read */
async function readSidecar(mask: string): Promise<string | undefined> {
  const file = path.join(path.dirname(mask), sidecarName(path.basename(mask)));
  try {
    return decodeText(await readRegularFile(file, largestMask));
  } catch (error) {
    if (error instanceof ReadError && error.code === 'ENOENT') return undefined;
    throw error instanceof ReadError ? error : new Error(`${file}: ${reasonOf(error)}`, { cause: error });
  }
}

/** Returns the file, or folder, in which a format has an image's labels. */
function mainFile(format: Exclude<OutputFormat, 'coco'>, names: OutputNames): string {
  switch (format) {
    case 'voc':
      return path.join(names.voc, 'SegmentationClass', `${names.stem}.png`);
    case 'yolo':
      return path.join(names.yolo, 'labels', `${names.stem}.txt`);
    case 'mask':
    case 'overlay':
    case 'npy':
    case 'classes':
    case 'labelme':
      return names[format];
  }
}

/**
 * Makes the names under which images of several folders are exported into one: an image's own name where it is unique
 * (without regard to case and Unicode form), else with its folder's name before it. Undefined where that is not unique
 * either.
 * @param files absolute paths
 */
export function exportNames(files: readonly string[]): (string | undefined)[] {
  const uses = countOf(files.map(file => path.basename(file)));
  const longer = files.map(file => {
    const name = path.basename(file);
    return uses.get(foldedName(name)) === 1 ? name : `${path.basename(path.dirname(file))}_${name}`;
  });
  const again = countOf(longer);
  return longer.map(name => (again.get(foldedName(name)) === 1 ? name : undefined));
}

function countOf(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(foldedName(name), (counts.get(foldedName(name)) ?? 0) + 1);
  return counts;
}

/**
 * Finds the deepest folder that holds all files; absolute paths, at least one. With several drives the first file's
 * root.
 */
export function commonFolder(files: readonly string[]): string {
  let common = path.dirname(files[0]!);
  const holds = (file: string) => {
    const relative = path.relative(common, file);
    return !relative.startsWith('..') && !path.isAbsolute(relative);
  };
  while (!files.every(holds) && path.dirname(common) !== common) common = path.dirname(common);
  return common;
}
