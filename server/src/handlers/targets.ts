import { URI } from 'vscode-uri';
import type { SegmentTarget } from '../../../protocol/segmentMessages';
import { imagesAt } from '../jobs/images';
import { localPath } from './uris';

/** An image to segment, or why it cannot be. */
export interface Target {
  uri: string;
  path: string;
  error?: string;
}

/** The images that a request means, in its order, each once, without those to be skipped. */
export async function expand(
  uris: readonly string[],
  target: SegmentTarget,
  skip: readonly string[],
): Promise<Target[]> {
  const skipped = new Set(skip.map(normal));
  const found = (await Promise.all(uris.map(uri => lookUp(uri, target)))).flat();
  const seen = new Set<string>();
  return found.filter(({ uri }) => {
    const key = normal(uri);
    if (skipped.has(key) || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

async function lookUp(uri: string, target: SegmentTarget): Promise<Target[]> {
  const place = localPath(uri);
  if (place === undefined)
    return [
      {
        uri,
        path: uri,
        error: `${uri}: only files on this machine can be segmented. Copy it to a local folder first.`,
      },
    ];
  try {
    const { files, isFolder } = await imagesAt(place);
    if (!isFolder) return [{ uri, path: place }];
    if (target === 'return')
      return [{ uri, path: place, error: `${place}: is a folder; only its images can be opened one by one.` }];
    return files.map(file => ({ uri: URI.file(file).toString(), path: file }));
  } catch (error) {
    return [
      {
        uri,
        path: place,
        error: `${place}: the folder cannot be read (${error instanceof Error ? error.message : String(error)}).`,
      },
    ];
  }
}

/** Clients differ in how they escape a URI. */
function normal(uri: string): string {
  return URI.parse(uri).toString();
}
