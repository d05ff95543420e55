import { createRequire } from 'node:module';
import path from 'node:path';
import type * as Esbuild from 'esbuild';

/**
 * Bundles a TypeScript program, so that a test can start it as a process of its own and kill it.
 * @param entry its path from the root of the repository
 * @param folder where the bundle is written
 * @returns the path of the JavaScript file
 */
export async function bundleProgram(entry: string, folder: string): Promise<string> {
  // The tests are bundled themselves, and esbuild cannot be.
  const esbuild = createRequire(path.resolve('package.json'))('esbuild') as typeof Esbuild;
  const outfile = path.join(folder, `${path.basename(entry, '.ts')}.cjs`);
  await esbuild.build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    mainFields: ['module', 'main'], // of jsonc-parser, whose other form cannot be bundled
    external: ['sharp'], // found by NODE_PATH where it is needed
    logLevel: 'warning',
  });
  return outfile;
}
