import { stat } from 'node:fs/promises';
import path from 'node:path';
import { URI } from 'vscode-uri';
import { reasonOf } from '../../../mask/errors';
import type { SegmentTarget } from '../../../protocol/segmentMessages';
import { comparableUri, localPath } from '../../../files/localUri';
import { imagesIn, realPath } from '../engine/segment/imageFolder';
import { chooseImages, type BatchImage } from '../engine/session/batchChoice';
import { StatusReader } from '../engine/session/statusReader';
import type { ServerContext } from './serverState';

/** An image to segment, or the error why it cannot be segmented. */
export interface ImageTarget {
  uri: string;
  path: string;
  /** Whether the request names the image itself, not only a folder that it is in. */
  named: boolean;
  error?: string;
}

/**
 * Lists the images of a request in order, each once, without those to be skipped. Folders are replaced by their images.
 */
export async function segmentTargets(
  uris: readonly string[],
  target: SegmentTarget,
  skip: readonly string[],
): Promise<ImageTarget[]> {
  const skipped = new Set(skip.map(comparableUri));
  const found = (await Promise.all(uris.map(uri => targetsAt(uri, target)))).flat();
  const seen = new Set<string>();
  const targets: ImageTarget[] = [];
  for (const image of found) {
    // A file that several links lead to is segmented once.
    const key = image.error === undefined ? await realPath(image.path) : comparableUri(image.uri);
    if (skipped.has(comparableUri(image.uri)) || seen.has(key)) continue;
    seen.add(key);
    targets.push(image);
  }
  return targets;
}

/**
 * Separates the images to segment from those of folders that stay as they are, since somebody approved or skipped them,
 * whose URIs are returned.
 */
export async function chooseTargets(
  { settings }: Pick<ServerContext, 'settings'>,
  targets: readonly ImageTarget[],
): Promise<{ chosen: ImageTarget[]; leftOut: string[] }> {
  const outputs = new Map<string, string>();
  const images: (ImageTarget & BatchImage)[] = [];
  for (const target of targets.filter(({ named }) => !named)) {
    const folder = path.dirname(target.path);
    const output = outputs.get(folder) ?? path.resolve(folder, (await settings.read(target.uri)).output.folder);
    outputs.set(folder, output);
    images.push({ ...target, file: target.path, output });
  }
  const found = await chooseImages(images, new StatusReader());
  const leftOut = new Set(found.leftOut.map(({ image }) => image.uri));
  return { chosen: targets.filter(({ uri }) => !leftOut.has(uri)), leftOut: [...leftOut] };
}

async function targetsAt(uri: string, target: SegmentTarget): Promise<ImageTarget[]> {
  const file = localPath(uri);
  if (file === undefined)
    return [
      {
        uri,
        path: uri,
        named: true,
        error: `${uri}: only files on this machine can be segmented. Copy it to a local folder first.`,
      },
    ];
  try {
    const { files, isFolder } = await imagesAt(file);
    if (!isFolder) return [{ uri, path: file, named: true }];
    if (target === 'return')
      return [
        { uri, path: file, named: true, error: `${file}: is a folder; only its images can be opened one by one.` },
      ];
    return files.map(image => ({ uri: URI.file(image).toString(), path: image, named: false }));
  } catch (error) {
    return [
      {
        uri,
        path: file,
        named: true,
        error: `${file}: the folder cannot be read (${reasonOf(error)}).`,
      },
    ];
  }
}

/**
 * Lists the image files that a path stands for: itself, or the images directly in a folder, by name, without
 * Labelless's own outputs. A path that cannot be examined stands for itself, since reading it as an image reports the
 * reason.
 */
async function imagesAt(file: string): Promise<{ files: string[]; isFolder: boolean }> {
  const isFolder = await stat(file).then(
    stats => stats.isDirectory(),
    () => false,
  );
  if (!isFolder) return { files: [file], isFolder };
  return { files: (await imagesIn(file)).map(name => path.join(file, name)), isFolder };
}
