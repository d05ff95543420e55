// Installs the dependencies, only when node_modules does not match package-lock.json. Plain Node: nothing is installed
// yet.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { npm } from './npm.mjs';

/** Whether a package that this machine needs is missing or has another version than package-lock.json names. */
export function installDue(root) {
  const required = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')).packages;
  let present;
  try {
    present = JSON.parse(readFileSync(path.join(root, 'node_modules', '.package-lock.json'), 'utf8')).packages;
  } catch {
    return true;
  }
  // Optional packages are other platforms' binaries: absent by right.
  return Object.entries(required).some(
    ([place, { version, optional }]) => place !== '' && !optional && present[place]?.version !== version,
  );
}

/** Runs `npm ci` in `root` when necessary, with its output on standard error. Throws when it fails. */
export function installIfDue(root) {
  if (!installDue(root)) return;
  console.error('Installing dependencies (npm ci) …');
  if (npm(['ci', '--loglevel=notice'], { cwd: root, stdio: ['ignore', 2, 2] }).status !== 0)
    throw new Error(
      `npm ci failed: its reason is above. Labelless wants Node ${nodeOf(root)} and a registry that npm can reach.`,
    );
}

function nodeOf(root) {
  return JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).engines.node;
}
