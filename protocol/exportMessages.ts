import * as z from 'zod';
import { progressToken, ServerRequest, uri } from './request';
import { outputFormats } from './names';

/** Messages between client and server that write masks in other formats and as figures. */

const exportParams = z.object({
  /** The image. */
  uri,
  /** The image's mask as a backup holds it, saved or not: see `toBackup`. */
  mask: z.string(),
  formats: z.array(z.enum(outputFormats)).min(1),
});
export type ExportParams = z.input<typeof exportParams>;

export interface ExportResult {
  /** Absolute paths of the files written. */
  written: string[];
  /** What the formats could not hold, a part of a sentence for each kind. */
  lost: string[];
  /** Names that were generated for labels without one, where a format needs names. */
  generated: string[];
}

/** Writes a mask in other formats, all or none of them, into the folder of the settings or beside its image. */
export const ExportRequest = new ServerRequest<typeof exportParams, ExportResult>('labelless/export', exportParams);

/** The maximum number of images of one export. */
const maxExportedImages = 100_000;

const exportSetParams = z.object({
  /** Images and their saved masks. */
  images: z
    .array(z.object({ uri, mask: uri }))
    .min(1)
    .max(maxExportedImages),
  format: z.enum(outputFormats),
  /** The folder to write into. */
  folder: uri,
  /** Whether files of earlier exports may be replaced. If they may not and there are any, nothing is exported. */
  replace: z.boolean().default(true),
  workDoneToken: progressToken.optional(),
});
export type ExportSetParams = z.input<typeof exportSetParams>;

/** The result of an export, as far as it came before it ended or was cancelled (then without COCO's file). */
export interface ExportSetResult extends Omit<ExportResult, 'lost'> {
  /** The number of exported images. */
  exported: number;
  /** Remarks about images, such as what the format could not hold, a line each. */
  notes: string[];
  /** Why images were left out, a line each. */
  failures: string[];
  cancelled: boolean;
  /** Absolute paths of the files that kept an export without `replace` from writing anything. */
  existing: string[];
}

/** Exports saved masks of many images into one folder, as one data set where the format is one. */
export const ExportSetRequest = new ServerRequest<typeof exportSetParams, ExportSetResult>(
  'labelless/exportSet',
  exportSetParams,
);

/** The maximum number of rows of a figure. */
const maxFigureRows = 200;

const figureParams = z.object({
  /** Images, a row each, with their masks as in `ExportParams` unless `methods` is set. */
  images: z
    .array(z.object({ uri, mask: z.string().optional() }))
    .min(1)
    .max(maxFigureRows),
  /** The PNG to write. An existing file is replaced only when it is a figure. */
  output: uri,
  /** Segments each image by Method 1 and by the network of `adaptation.checkpoint` instead of showing its mask. */
  methods: z.boolean().default(false),
  workDoneToken: progressToken.optional(),
});
export type FigureParams = z.input<typeof figureParams>;

export interface FigureResult {
  /** Absolute path of the file written. */
  written: string;
  /** Why images are missing from the figure, a line each. */
  failures: string[];
}

/** Writes a figure: Input | Mask, or Input | Method 1 | Method 2. Fails when no image can be shown. */
export const FigureRequest = new ServerRequest<typeof figureParams, FigureResult>('labelless/figure', figureParams);
