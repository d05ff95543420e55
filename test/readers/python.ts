import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { installVenv } from '../../scripts/weights/installVenv';

const folder = path.resolve('out', 'python');
const requirements = path.resolve('test', 'readers', 'requirements.txt');
const windows = process.platform === 'win32';
const program = path.join(folder, windows ? 'Scripts/python.exe' : 'bin/python3');
const base = process.env.LABELLESS_TEST_PYTHON ?? (windows ? 'python' : 'python3');

/**
 * A Python with the packages of `requirements.txt`, in a virtual environment that is made if necessary.
 * @throws Error with instructions where none can be made
 */
export function pythonWithReaders(): string {
  const made = path.join(folder, 'made-of.txt');
  const required = readFileSync(requirements, 'utf8');
  if (existsSync(made) && readFileSync(made, 'utf8') === required) return program;
  rmSync(folder, { recursive: true, force: true });
  if (!makeEnvironment() && !(installVenv() && makeEnvironment())) {
    throw new Error(
      `${base} could not make a virtual environment for the tests: install Python 3.10 or newer with its module venv ` +
        '(on Debian and Ubuntu: apt-get install python3-venv), or name another Python in LABELLESS_TEST_PYTHON.',
    );
  }
  const pip = spawnSync(
    program,
    ['-m', 'pip', 'install', '--quiet', '--no-deps', '--only-binary', ':all:', '-r', requirements],
    { encoding: 'utf8', timeout: 240_000 },
  );
  if (pip.status !== 0) {
    const reason = pip.stderr.trim() || String(pip.error?.message);
    throw new Error(`The packages of test/readers/requirements.txt could not be installed: ${reason}`);
  }
  writeFileSync(made, required);
  return program;
}

function makeEnvironment(): boolean {
  const { status } = spawnSync(base, ['-m', 'venv', folder], { stdio: 'ignore', timeout: 120_000 });
  if (status === 0) return true;
  rmSync(folder, { recursive: true, force: true }); // without ensurepip half of one is left
  return false;
}
