import path from 'node:path';
import { tidyAgain } from '../../../files/leftovers';
import { reasonOf } from '../../../mask/errors';
import { runBatch, type ImageResult } from '../batch/imageBatch';
import { failureOf, type ImageInput } from '../batch/imageInput';
import { siblingsBeside } from '../batch/inputSiblings';
import { ModelCache } from '../engine/adaptation/prediction/modelCache';
import { userCacheFolder } from '../engine/common/cacheFolder';
import { unfinishedImages } from '../engine/session/batchChoice';
import { unfinishedStatuses, type WantedRequest } from '../engine/session/batchProgress';
import { openRequest } from '../engine/session/batchRequest';
import { forgetFailure, keepFailure } from '../engine/session/failedImages';
import { localRunFolder, openPhotoPlace } from '../storage/openPlace';
import { PlaceError, type OpenPhoto, type PhotoPlace } from '../storage/photoPlace';
import { troubleOf } from './machineTrouble';
import { PhotoBackends } from './photoBackends';
import type { FromPhotos, PhotoRun } from './photoMessages';
import type { PhotoSet } from './photoJob';

/** The longest reason that is sent. */
const longestReason = 2000;

/** A photo that was opened for a run, as a batch takes it. */
interface OpenInput extends ImageInput {
  readonly photo: OpenPhoto;
}

/** Segments photos of jobs one after the other; back end and network stay open from job to job. */
export class PhotoSegmenter {
  private readonly models = new ModelCache();
  private readonly backends = new PhotoBackends();

  constructor(
    private readonly send: (message: FromPhotos) => void,
    private readonly cancel: AbortSignal,
  ) {}

  /**
   * Segments the photos of a run that are not done yet, and tells what became of each; the last message is `ended`.
   * @param stop ends the run behind the photo that is under way
   */
  async run(wanted: PhotoRun, stop: AbortSignal): Promise<void> {
    try {
      await this.segment(wanted, stop);
    } catch (error) {
      this.send({ type: 'trouble', reason: (troubleOf(error) ?? reasonOf(error)).slice(0, longestReason) });
    }
    this.send({ type: 'ended' });
  }

  private async segment({ job, ...machine }: PhotoRun, stop: AbortSignal): Promise<void> {
    const { places, request } = job.set;
    const { formats } = request;
    const place = await openPhotoPlace({ photos: places.photos, results: places.results ?? undefined, formats });
    const settings = await this.localSettings(request.settings);
    const options = { settings, formats, regions: request.regions ?? undefined, only: unfinishedStatuses };
    const requestFor = await openRequest({ ...options, references: [], scribbles: undefined });
    const siblingsOf = siblingsBeside();
    tidyAgain(); // a worker that was killed at these photos may have left files meanwhile
    const open = new Set<OpenInput>();
    const inputs = this.openInputs(place, job.photos, settings.limits.fileSize * 1e6, stop, open);
    const todo = unfinishedImages(inputs, requestFor, (input, progress) => {
      if (progress.state === 'done') this.tell(input, 'done');
      else this.tell(input, 'kept', progress.problem ?? `it is ${progress.status}`);
      void close(input);
    });
    const close = (input: OpenInput) => {
      open.delete(input);
      return input.photo.release();
    };
    const context = {
      options,
      openBackend: this.backends.openerFor(settings, machine),
      models: this.models,
      siblingsOf: ({ file }: ImageInput) => siblingsOf(file),
      requestFor,
      signals: { stop: new AbortController().signal, cancel: this.cancel },
      onProgress: () => undefined,
    };
    try {
      for await (const result of runBatch(todo, context)) {
        await this.finish(result, requestFor);
        await close(result.input);
        if (stop.aborted) break;
      }
    } finally {
      for (const input of open) await close(input);
    }
  }

  /** Opens photos one after the other, and tells of those that cannot be. */
  private async *openInputs(
    place: PhotoPlace,
    photos: readonly string[],
    largestBytes: number,
    stop: AbortSignal,
    open: Set<OpenInput>,
  ): AsyncGenerator<OpenInput> {
    for (const relative of photos) {
      if (stop.aborted) return;
      try {
        const photo = await place.open(relative, { largestBytes, signal: this.cancel });
        const { file, output, name } = photo;
        const input = { file, name, relative, output, named: false, photo };
        open.add(input);
        yield input;
      } catch (error) {
        if (!(error instanceof PlaceError) || troubleOf(error) !== undefined) throw error;
        this.send({ type: 'result', photo: relative, outcome: 'failed', reason: error.message });
      }
    }
  }

  /** Brings the results of a photo to where they belong, and tells what became of it. @throws Error of the machine */
  private async finish(
    result: ImageResult<OpenInput>,
    requestFor: (image: string) => Promise<WantedRequest>,
  ): Promise<void> {
    const { input } = result;
    try {
      if ('error' in result) throw result.error;
      await forgetFailure(input);
      await input.photo.publish(this.cancel);
      this.tell(input, 'done');
    } catch (error) {
      if (troubleOf(error) !== undefined) throw error;
      this.cancel.throwIfAborted();
      const { reason } = failureOf(input, error);
      if (error instanceof PlaceError && error.problem === 'changed') {
        this.tell(input, 'kept', reason);
        return;
      }
      await keepFailure(input, await requestFor(input.file), reason);
      this.tell(input, 'failed', reason);
    }
  }

  private tell(input: OpenInput, outcome: 'done' | 'kept' | 'failed', reason?: string): void {
    const told = reason === undefined ? {} : { reason: reason.slice(0, longestReason) };
    this.send({ type: 'result', photo: input.relative, outcome, ...told });
  }

  /** The settings with a network that is a folder of this machine. */
  private async localSettings(settings: PhotoSet['request']['settings']) {
    const { checkpoint } = settings.adaptation;
    if (settings.method !== 'adapted') return settings;
    const local = await localRunFolder(checkpoint, path.join(userCacheFolder(), 'runs'), this.cancel);
    return { ...settings, adaptation: { ...settings.adaptation, checkpoint: local } };
  }
}
