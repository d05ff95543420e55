import path from 'node:path';
import { sha256 } from '../../../../files/sha256';
import { version } from '../../../../package.json';
import { ignoredValue } from '../../../../mask/classes/classListSchema';
import type { MaskDocument } from '../../../../mask/document/maskDocument';
import { encodeMask } from '../../../../mask/files/maskFiles';
import type { OutputNames } from '../../../../mask/files/fileNames';
import type { MaskRequest } from '../../../../mask/files/sidecar';
import type { OutputFormat } from '../../../../protocol/names';
import { encodeClasses } from './encodeClassMasks';
import { encodeCoco } from './encodeCoco';
import { encodeLabelme } from './encodeLabelme';
import { encodeNpy } from './encodeNpy';
import { coloursOf, encodeOverlay } from './encodeOverlay';
import type { EncodedFiles, ExportSource } from './exportSource';
import { encodeVoc } from './encodeVoc';
import { encodeYolo } from './encodeYolo';

interface FormatContext {
  /** Absolute path of what is written into. */
  readonly folder: string;
  readonly names: OutputNames;
  /** Whether data sets that leave pictures to the user get a copy. */
  readonly withPictures: boolean;
  /** The meaning of the values of masks, and what a batch writes them for; see `FileContext`. */
  readonly values: 'labels' | 'classes' | undefined;
  readonly request: MaskRequest | undefined;
}

/**
 * Encodes a mask in each of the requested formats, in their order.
 * @throws Error where a format cannot hold the mask at all
 */
export async function encodeFormats(
  source: ExportSource,
  document: MaskDocument,
  formats: readonly OutputFormat[],
  context: FormatContext,
): Promise<Map<OutputFormat, EncodedFiles>> {
  const encoded = new Map<OutputFormat, EncodedFiles>();
  for (const format of formats) encoded.set(format, await encodeFormat(format, source, document, context));
  return encoded;
}

async function encodeFormat(
  format: OutputFormat,
  source: ExportSource,
  document: MaskDocument,
  { folder, names, withPictures, values, request }: FormatContext,
): Promise<EncodedFiles> {
  const { image, map, width, height } = source;
  switch (format) {
    case 'mask': {
      const { png, sidecar } = encodeMask(document, {
        image: { name: path.basename(image.file), sha256: image.sha256 },
        version,
        sha256,
        ...(values && { values }),
        ...(request && { request }),
      });
      return {
        files: new Map<string, Uint8Array | string>([
          [names.mask, png],
          [names.sidecar, sidecar],
        ]),
        notes: values === 'classes' ? notesOnValues(source, document) : [],
      };
    }
    case 'overlay':
      return { files: new Map([[names.overlay, await encodeOverlay(image.picture, map, coloursOf(source.labels))]]) };
    case 'npy':
      return { files: new Map([[names.npy, encodeNpy(map, width, height)]]), lost: ['names and colours'] };
    case 'classes':
      return encodeClasses(source, names.classes);
    case 'coco':
      return encodeCoco(source, names.coco);
    case 'labelme':
      return encodeLabelme(source, names.labelme, folder);
    case 'voc':
      return encodeVoc(source, names.stem, folder, names.voc);
    case 'yolo':
      return encodeYolo(source, names.stem, folder, names.yolo, withPictures);
  }
}

/** What must be known of a mask whose values are asked to be class ids. */
function notesOnValues({ withoutClass }: ExportSource, { classes }: MaskDocument): string[] {
  if (!classes) return ['has labels for values, since there is no class file in the folder of the image or above'];
  return withoutClass.map(labels => `has the value ${ignoredValue} for ${labels}`);
}
