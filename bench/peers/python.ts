import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { scriptFolder } from './answering';

function run(command: string, args: readonly string[]): void {
  const { status, error } = spawnSync(command, args, { stdio: ['ignore', 2, 2] });
  if (error || status !== 0)
    throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? `exit status ${status}`}`);
}

/**
 * The Python of a virtual environment in `folder` with what the scripts need, made where it is missing. Needs Python
 * 3.10 or later.
 */
export function virtualPython(folder: string, requirements: readonly string[]): string {
  const python =
    process.platform === 'win32' ? path.join(folder, 'Scripts', 'python.exe') : path.join(folder, 'bin', 'python');
  if (!existsSync(python)) run(process.platform === 'win32' ? 'python' : 'python3', ['-m', 'venv', folder]);
  for (const name of requirements)
    run(python, ['-m', 'pip', 'install', '--quiet', '--requirement', path.join(scriptFolder, name)]);
  return python;
}
