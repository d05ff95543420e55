import { NotificationType } from 'vscode-languageserver-protocol';
import * as z from 'zod';
import { imageViewSchema } from '../mask/document/imageView';
import { maxScribbleLabels, maxScribbles, scribbleSchema } from '../mask/document/scribbles';
import type { SegmentationRecord } from '../mask/document/segmentationRecord';
import type { EncodedHierarchy, EncodedRegions } from '../mask/files/codec';
import { absoluteFolder, progressToken, ServerRequest, uri, type MaybeInFile } from './request';
import { methodNames } from './names';

/**
 * Messages between client and server about the segmentation of images. Standard messages in use beside these:
 * `workspace/configuration` (settings, read at every request), `$/progress`, `$/cancelRequest`,
 * `textDocument/publishDiagnostics`.
 */

/** The record of how one image was segmented, as results and the command line's JSON contain it. */
export type SegmentationSummary = SegmentationRecord & {
  /** Wall-clock seconds from reading the file to the result. */
  readonly seconds: number;
  /** How often a network that had been trained before was run: at each size, mirrored, and for each tile. */
  readonly predictions?: number;
};

/** A finished segmentation for the editor. Region ids are at the image's displayed size, EXIF orientation applied. */
export interface EncodedSegmentation {
  regions: EncodedRegions;
  hierarchy: EncodedHierarchy;
  /** By region: its class, where the summary has classes; one byte each, deflated, base64. */
  regionClasses?: string;
  /** By region: the number of its label among the scribbles, 255 for none; one byte each, deflated, base64. */
  scribbleClasses?: string;
  summary: SegmentationSummary;
}

const scribbles = z
  .object({
    /** The number of labels among the strokes. Their class numbers are below it. */
    classes: z.int().min(1).max(maxScribbleLabels),
    /** `size` is the width in pixels; points are x, y, x, y … in pixels of the image as displayed. */
    strokes: z
      .array(
        z.object({
          class: z
            .int()
            .min(0)
            .max(maxScribbleLabels - 1),
          ...scribbleSchema.pick({ size: true, points: true }).shape,
        }),
      )
      .min(1)
      .max(maxScribbles),
  })
  .refine(
    ({ classes, strokes }) => strokes.every(stroke => stroke.class < classes),
    'a stroke of a class that there is not',
  );

/** Strokes that show what a segmentation shall find. */
export type ScribbleParams = z.infer<typeof scribbles>;

const segmentTarget = z.enum([
  /** Returns the segmentation to the caller, with `labelless/preview` notifications on the way. */
  'return',
  /** Writes mask and sidecar, and the formats of `labelless.output.formats`, and returns their paths. */
  'write',
]);
export type SegmentTarget = z.infer<typeof segmentTarget>;

const segmentParams = z
  .object({
    /** Images; with target `write` also folders, whose images are taken (not Labelless's own outputs). */
    uris: z.array(uri).min(1),
    target: segmentTarget,
    /** With target `return` and one image: segments by these strokes instead of by the method of the settings. */
    scribbles: scribbles.optional(),
    /** Images that a batch must leave alone, such as those whose mask has unsaved edits. They have no outcome. */
    skip: z.array(uri).default([]),
    /**
     * Trains one network on all the images (on some, evenly spread, where there are more than 16) and segments each
     * with it, so that a label has the same meaning, name and colour in all. Names in existing masks are kept. Needs
     * the method `clustering`.
     */
    sharedLabels: z.boolean().default(false),
    /**
     * With target `return`: segments an image that nobody waits for yet. It begins when no other segmentation runs, is
     * begun again when one comes between, and sends no previews.
     */
    ahead: z.boolean().default(false),
    /** Overrides the setting `method`. */
    method: z.enum(methodNames).optional(),
    /** Overrides the setting `adaptation.checkpoint`: a training run's folder. */
    checkpoint: absoluteFolder.optional(),
    /** Overrides the settings `image.…`. */
    view: imageViewSchema.optional(),
    workDoneToken: progressToken.optional(),
  })
  .refine(
    ({ uris, target, scribbles }) => !scribbles || (target === 'return' && uris.length === 1),
    'scribbles are of one image, whose segmentation is returned',
  )
  .refine(({ target, ahead }) => !ahead || target === 'return', 'what is segmented ahead is returned');
export type SegmentParams = z.input<typeof segmentParams>;

/** The outcome of a request for one image. */
export type SegmentOutcome =
  | { uri: string; segmentation: MaybeInFile<EncodedSegmentation> }
  /** `notes` tells, a clause each, what became of an earlier mask whose labels could not be taken over. */
  | { uri: string; written: string[]; regions: number; summary: SegmentationSummary; notes?: string[] }
  | { uri: string; error: string; setting?: string };

export interface SegmentResult {
  /** One outcome for each image, in order. */
  outcomes: SegmentOutcome[];
  /** Images of folders that were left as they are, since somebody approved or skipped them: they have no outcome. */
  leftOut: string[];
  cancelled: boolean;
}

/**
 * Segments images. A failed image does not affect the others: its error is an outcome, and the request itself fails
 * only when it is malformed. Cancelling discards the image in work; images already written stay.
 */
export const SegmentRequest = new ServerRequest<typeof segmentParams, SegmentResult>(
  'labelless/segment',
  segmentParams,
);

export const stopParams = z.object({ token: progressToken });

/**
 * Ends the training of a running segment request, named by its workDoneToken, and keeps the best result so far. In a
 * batch it ends the image in work; the rest goes on.
 */
export const StopNotification = new NotificationType<z.infer<typeof stopParams>>('labelless/stop');

export interface PreviewParams {
  /** The segment request's workDoneToken. */
  token: z.infer<typeof progressToken>;
  uri: string;
  /** Counts up from 0 within a request and image; a reader drops previews that arrive late. */
  sequence: number;
  /**
   * The map of the base regions, sent with the first preview and whenever they change; at working size, which may be
   * below the image's.
   */
  regions?: EncodedRegions;
  hierarchy: EncodedHierarchy;
  iteration: number;
  iterations: number;
  /** The number of labels that the network still uses; 0 before training. */
  labels: number;
  /** The training loss; null before training. */
  loss: number | null;
}

/** Shows a segmentation before it is finished: the first from colour alone, later ones as training goes on. */
export const PreviewNotification = new NotificationType<PreviewParams>('labelless/preview');
