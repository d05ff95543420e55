import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inflate } from '../../mask/files/codec';
import type { Method } from '../quality/comparedMethods';
import type { Photo } from '../quality/photos';
import { startScript, type LineProcess } from './pythonScript';

export const peerNames = ['felzenszwalb', 'slic+k-means', 'kanezaki', 'yonv1943'] as const;
export type PeerName = (typeof peerNames)[number];

/** Another program as a method to compare with. `close` ends its process. */
export interface Peer {
  readonly method: Method;
  close(): Promise<void>;
}

export async function openPeer(python: string, peer: PeerName, args: readonly string[], name: string): Promise<Peer> {
  const script = await startScript(python, 'segment.py', [peer, ...args]);
  const settings = JSON.parse(script.greeting) as string[];
  const scratch = await mkdtemp(path.join(tmpdir(), 'labelless-peer-'));
  return {
    method: { name, settings, segment: photo => segment(script, photo, settings.length, path.join(scratch, 'maps')) },
    close: async () => {
      await script.close();
      await rm(scratch, { recursive: true });
    },
  };
}

async function segment(script: LineProcess, { file, picture: { width, height } }: Photo, count: number, maps: string) {
  const times = JSON.parse(await script.ask(JSON.stringify({ image: path.resolve(file), maps }))) as {
    seconds: number;
    processor: number;
    extrapolated?: number;
  };
  const pixels = width * height;
  const bytes = inflate(await readFile(maps), 2 * count * pixels);
  return {
    ...times,
    maps: Array.from({ length: count }, (_, i) => new Uint16Array(bytes.buffer, 2 * i * pixels, pixels)),
  };
}
