import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { unzipSync } from 'fflate';

/** The package that `scripts/package.mjs` made last. */
export function latestVsix(): string {
  const folder = path.resolve('out', 'package');
  const files = readdirSync(folder)
    .filter(name => name.endsWith('.vsix'))
    .map(name => path.join(folder, name));
  if (files.length === 0) throw new Error('There is no .vsix in out/package: run `npm run package`.');
  return files.reduce((latest, file) => (statSync(file).mtimeMs > statSync(latest).mtimeMs ? file : latest));
}

/** The names of the extension's files in a .vsix, without the `extension/` with which they all begin. */
export function listVsix(file: string): string[] {
  const names: string[] = [];
  unzipSync(readFileSync(file), { filter: entry => names.push(entry.name) < 0 }); // unpacks nothing
  return names.filter(name => name.startsWith('extension/')).map(name => name.slice('extension/'.length));
}

/** The bytes of one of the extension's files in a .vsix. @throws Error where it is not there */
export function readVsix(file: string, name: string): Uint8Array {
  const inside = `extension/${name}`;
  const bytes = unzipSync(readFileSync(file), { filter: entry => entry.name === inside })[inside];
  if (!bytes) throw new Error(`${name} is not in ${file}`);
  return bytes;
}

/** The size that one of the extension's files takes in a .vsix, in bytes: 0 where it is not there. */
export function packedSize(file: string, name: string): number {
  let size = 0;
  unzipSync(readFileSync(file), {
    filter: entry => {
      if (entry.name === `extension/${name}`) size = entry.size;
      return false;
    },
  });
  return size;
}

/** Unpacks the extension's files into a folder. */
export function unpackVsix(file: string, folder: string): void {
  for (const [name, bytes] of Object.entries(unzipSync(readFileSync(file)))) {
    if (!name.startsWith('extension/') || name.endsWith('/')) continue;
    const place = path.join(folder, name.slice('extension/'.length));
    mkdirSync(path.dirname(place), { recursive: true });
    writeFileSync(place, bytes);
  }
}
