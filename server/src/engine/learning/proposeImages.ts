import path from 'node:path';
import { WriteError } from '../../../../files/writeError';
import type { MaskStatus } from '../../../../mask/document/maskStatus';
import { reasonOf } from '../../../../mask/errors';
import type { ProposalOutcome } from '../../../../protocol/learningMessages';
import type { Settings } from '../../../../protocol/settings';
import { posixPath } from '../common/relativePath';
import type { StopSignals } from '../common/methodRun';
import { ImageError } from '../image/imageError';
import { siblingNames } from '../formats/writeDocument';
import { resultOf, segmentFile, type SegmentServices } from '../segment/segmentFile';
import { writeSegmentation } from '../segment/writeSegmentation';
import { imageFiles, type ImageFiles } from '../session/imageFiles';
import { isInside } from '../session/listImages';
import { readMaskPair } from '../session/maskPair';
import type { StatusReader } from '../session/statusReader';
import type { LearningRound } from './learningRounds';
import { ReplacedMasks } from './replacedMasks';

export interface ProposalContext {
  readonly settings: Settings;
  /** The folder of the mask of an image, given by its path from the folder. */
  readonly maskFolder: (relative: string) => string;
  readonly services: SegmentServices;
  readonly signals: StopSignals;
  readonly reader: StatusReader;
}

/** Whether a mask of that status may be replaced by a proposal: no person has touched it. */
export const mayPropose = (status: MaskStatus): boolean => status === 'none' || status === 'proposed';

/** The granularity at which the mask of a network shows its classes. */
const classGranularity = 0.5;

/**
 * Proposes masks for images of a folder by the network of a round, one after the other, and keeps what they replace.
 * An image that a person touches meanwhile stays as it is.
 * @param images paths from the folder
 * @throws ModelError for a round without a network; AbortError once cancelled
 */
export async function* proposeImages(
  folder: string,
  round: LearningRound,
  images: readonly string[],
  context: ProposalContext,
): AsyncGenerator<ProposalOutcome> {
  const { settings, signals } = context;
  const replaced = new ReplacedMasks(round.replaced);
  const filesOf = imageFiles(folder, context.maskFolder);
  const used: Settings = {
    ...settings,
    method: 'adapted',
    granularity: classGranularity,
    adaptation: { ...settings.adaptation, checkpoint: round.run },
  };
  for (const relative of images) {
    signals.cancel.throwIfAborted();
    const image = posixPath(relative);
    const files = isInside(relative) ? filesOf(relative) : undefined;
    const status = files && (await context.reader.read(files))?.status;
    if (!files || status === undefined) yield { image, error: `${image}: there is no such image any more` };
    else if (!mayPropose(status)) yield { image, left: status };
    else yield await proposeOne(image, files, used, replaced, context);
  }
}

async function proposeOne(
  image: string,
  files: ImageFiles,
  settings: Settings,
  replaced: ReplacedMasks,
  { services, signals, reader }: ProposalContext,
): Promise<ProposalOutcome> {
  try {
    const result = await resultOf(segmentFile(files.image, settings, services, signals));
    await replaced.keep({ image, before: await readMaskPair(files) });
    await writeSegmentation(result, {
      folder: path.dirname(files.mask),
      formats: ['mask'],
      siblings: await siblingNames(files.image),
      values: settings.output.values,
      signal: signals.cancel,
      mayReplace: mayPropose,
    });
    return { image, proposed: true, uncertainty: result.segmentation.model?.uncertainty ?? 0 };
  } catch (error) {
    signals.cancel.throwIfAborted();
    const status = (await reader.read(files))?.status;
    if (status !== undefined && !mayPropose(status)) return { image, left: status }; // a person was faster
    if (error instanceof ImageError) return { image, error: `${image}: ${error.reason}` };
    if (error instanceof WriteError) return { image, error: error.message };
    if (error instanceof Error && 'setting' in error) throw error; // there is no network: it is so for all images
    return { image, error: `${image}: ${reasonOf(error)}` };
  }
}
