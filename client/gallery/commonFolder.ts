import type * as vscode from 'vscode';

/**
 * The innermost folder that holds all of some images, and their paths from it.
 * @param images at least one, all of one scheme and authority
 */
export function commonFolder(images: readonly vscode.Uri[]): { folder: vscode.Uri; paths: string[] } {
  const [first] = images;
  if (!first) throw new RangeError('there are no images');
  const parts = images.map(({ path }) => path.split('/'));
  let length = parts[0]!.length - 1;
  for (const other of parts) {
    let same = 0;
    while (same < Math.min(length, other.length - 1) && other[same] === parts[0]![same]) same++;
    length = same;
  }
  return {
    folder: first.with({ path: parts[0]!.slice(0, length).join('/') || '/' }),
    paths: parts.map(all => all.slice(length).join('/')),
  };
}
