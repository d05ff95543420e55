import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { defaultSettings, type Settings } from '../../protocol/settings';
import type { Picture } from '../../server/src/engine/image/picture';
import { type Cuttable, variants } from '../quality/comparedMethods';

const folder = path.join(tmpdir(), 'labelless-clicks');
const settings: Settings = { ...defaultSettings, limits: { ...defaultSettings.limits, threads: 1 } };

/**
 * The regions and the hierarchy of a picture by the default method at its default settings, or its first mask alone,
 * which takes seconds. They are kept in the system's temporary folder by the picture and the settings, not by the
 * program: `--fresh` makes them anew.
 */
export async function cachedHierarchy(
  picture: Picture,
  fresh: boolean,
  method: 'clustering' | 'colour' = 'clustering',
): Promise<Cuttable> {
  const { width, height, rgb } = picture;
  const key = createHash('sha256')
    .update(JSON.stringify([width, height, settings, ...(method === 'clustering' ? [] : [method])]))
    .update(rgb)
    .digest('hex')
    .slice(0, 32);
  const file = path.join(folder, `${key}.bin`);
  const kept = fresh ? null : await readFile(file).catch(() => null);
  if (kept) return deserialize(kept) as Cuttable;
  const { regions, hierarchy } = await variants[method]!({ id: '', file: '', picture, truths: [] }, settings);
  await mkdir(folder, { recursive: true });
  await writeFile(`${file}.part`, serialize({ regions, hierarchy }));
  await rename(`${file}.part`, file);
  return { regions, hierarchy };
}
