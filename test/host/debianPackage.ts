import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/**
 * Installs the first of some packages of Debian and Ubuntu that can be had, which only root can, and says so.
 * @returns whether one is installed now
 */
export function installDebianPackage(...names: string[]): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const aptGet = (...args: string[]) => spawnSync('apt-get', ['-qq', ...args], { stdio: 'ignore', env }).status === 0;
  if (!aptGet('update')) return false;
  return names.some(name => {
    console.log(`  Installing the package ${name} with apt-get …`);
    return aptGet('install', '-y', '--no-install-recommends', name);
  });
}
