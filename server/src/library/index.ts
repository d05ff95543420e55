// What the npm package exports: `import { segment } from 'labelless'`.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Settings } from '../../../protocol/settings';
import { ModelCache } from '../engine/adaptation/prediction/modelCache';
import { openBackend } from '../engine/backend/openBackend';
import type { Backend } from '../engine/backend/session';
import { loadBytes, loadImage, type LoadedImage } from '../engine/image/loadImage';
import { resultOf, segmentImage } from '../engine/segment/segmentFile';
import { settingsFor } from './librarySettings';
import { pictureOf } from './pictureSegmentation';
import type { PictureSource, SegmentedPicture, SegmentOptions } from './publicTypes';

export type * from './publicTypes';
export type * from './segmentOutput';
export type { BackendName, MethodName, OutputFormat } from '../../../protocol/names';

/** Ends when the segmentation asked for last does, so that the next one begins then. */
let turn: Promise<unknown> = Promise.resolve();
const backends = new Map<string, Promise<Backend>>();
const models = new ModelCache();
const never = new AbortController().signal;

/**
 * Divides a picture into regions that look alike, without annotations. Runs in this process, whose event loop is held
 * up for the time of each training iteration; calls run one after the other.
 * @param picture the path or the `file:` URL of a PNG, JPEG, WebP, TIFF, BMP, GIF or AVIF file, or the bytes of one
 * @throws TypeError for wrong options; Error whose message names the picture and says why it cannot be used, and what
 * to do
 */
export async function segment(picture: PictureSource, options: SegmentOptions = {}): Promise<SegmentedPicture> {
  const settings = settingsFor(options);
  const result = turn.then(() => segmentNow(picture, settings, options));
  turn = result.catch(() => undefined);
  return result;
}

async function segmentNow(
  picture: PictureSource,
  settings: Settings,
  { name = 'picture.png', regions, signal = never, onProgress }: SegmentOptions,
): Promise<SegmentedPicture> {
  const started = performance.now();
  signal.throwIfAborted();
  const image = await readPicture(picture, name, settings);
  const services = { openBackend: () => backendFor(settings), models };
  const run = segmentImage(image, settings, services, { stop: never, cancel: signal }, started);
  const segmented = await resultOf(run, ({ iteration, iterations }) => onProgress?.({ iteration, iterations }));
  const found = pictureOf(settings.method, segmented);
  return regions === undefined ? found : found.at({ regions });
}

async function readPicture(picture: PictureSource, name: string, settings: Settings): Promise<LoadedImage> {
  const { limits, image: view } = settings;
  if (picture instanceof Uint8Array) return loadBytes(path.resolve(path.basename(name)), picture, limits, { view });
  if (typeof picture !== 'string' && !(picture instanceof URL))
    throw new TypeError('segment: a picture is the path or the file URL of an image, or the bytes of one');
  return loadImage(path.resolve(picture instanceof URL ? fileURLToPath(picture) : picture), limits, { view });
}

/** Opens the back end of the settings, once for all pictures; one that could not be opened is tried again. */
function backendFor({ backend, limits: { threads }, tensorflow }: Settings): Promise<Backend> {
  const key = JSON.stringify([backend, threads, tensorflow.folder]);
  const opened = backends.get(key) ?? openBackend(backend, { threads, tensorflowFolder: tensorflow.folder });
  backends.set(key, opened);
  opened.catch(() => backends.delete(key));
  return opened;
}
