import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';

/** The shared libraries of CUDA 12 and cuDNN 9 that ONNX Runtime's CUDA part is linked with. */
const wantedLibraries = ['libcudart.so.12', 'libcublas.so.12', 'libcublasLt.so.12', 'libcufft.so.11', 'libcudnn.so.9'];

/**
 * Tells which of the libraries that the CUDA back end wants are there, as a clause.
 * @param present the paths of all shared libraries that the system's loader finds
 */
export function describeCudaLibraries(present: readonly string[] = loadableLibraries()): string {
  const found = wantedLibraries.flatMap(name => present.find(file => path.basename(file) === name) ?? []);
  const missing = wantedLibraries.filter(name => !found.some(file => path.basename(file) === name));
  const others = (name: string) => {
    const stem = name.replace(/\d+$/, '');
    const versions = present.map(file => path.basename(file)).filter(file => /^\d+$/.test(file.slice(stem.length)));
    return [...new Set(versions.filter(file => file.startsWith(stem)))].join(' and ');
  };
  const described = missing.map(name => (others(name) === '' ? name : `${name} (only ${others(name)} is there)`));
  return [
    'it wants CUDA 12 and cuDNN 9 where the system looks for libraries (ldconfig, LD_LIBRARY_PATH)',
    ...(found.length > 0 ? [`found ${found.join(', ')}`] : []),
    ...(missing.length > 0 ? [`not found: ${described.join(', ')}`] : []),
  ].join('; ');
}

/** The libraries in the loader's cache and in the folders of LD_LIBRARY_PATH. */
function loadableLibraries(): string[] {
  const folders = (process.env.LD_LIBRARY_PATH ?? '').split(':').filter(folder => folder !== '');
  return [...folders.flatMap(filesIn), ...cachedLibraries()];
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder).map(name => path.join(folder, name));
  } catch {
    return []; // the loader passes over such a folder, too
  }
}

function cachedLibraries(): string[] {
  try {
    const cache = execFileSync('/sbin/ldconfig', ['-p'], { encoding: 'utf8', timeout: 5000, maxBuffer: 16e6 });
    return cache.split('\n').flatMap(line => / => (\/.+)$/.exec(line)?.[1] ?? []);
  } catch {
    return []; // a system without this cache
  }
}
