// Runs npm. On Windows its command is a batch file, which Node starts only by a shell that splits arguments at spaces:
// so its program is run by Node itself where it is found. Plain Node: nothing may be installed yet.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

/** The program of the npm that runs this script, or of the one beside Node; undefined where there is none. */
function npmProgram() {
  const beside = path.join('node_modules', 'npm', 'bin', 'npm-cli.js');
  const folder = path.dirname(process.execPath);
  const places = [process.env.npm_execpath ?? '', path.join(folder, beside), path.join(folder, '..', 'lib', beside)];
  return places.find(file => path.basename(file) === 'npm-cli.js' && existsSync(file));
}

/** Runs npm to its end. Returns what `spawnSync` does. */
export function npm(args, options) {
  const program = npmProgram();
  return program ? spawnSync(process.execPath, [program, ...args], options) : spawnSync('npm', args, options);
}
