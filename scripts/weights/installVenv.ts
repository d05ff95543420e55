import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Installs Python's module venv on Debian and Ubuntu, which only root can do. Returns whether it is there now. */
export function installVenv(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false;
  console.log('  Installing the package python3-venv with apt-get …');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  try {
    execFileSync('apt-get', ['update', '-qq'], { stdio: 'ignore', env });
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'python3-venv'], {
      stdio: 'ignore',
      env,
    });
    return true;
  } catch {
    return false;
  }
}
