import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';

/**
 * Names of temporary files that say whose they are, so that those of a process that has ended can be deleted, and never
 * those of one that lives: machine, process, start of the process, and a random part.
 */

/** The age in milliseconds at which what another machine, or an unknown one, left counts as left behind. */
const abandonedAge = 3600_000;
/** The same for a process of this machine, where its number may be another process's by now. */
const reusedAge = 24 * 3600_000;

/** Makes a part of a file name that names this process and is unique: `3f2a91c0-1q2-7h3k-0123456789abcdef`. */
export function ownName(): string {
  return `${me}-${randomBytes(8).toString('hex')}`;
}

/** Matches what `ownName` makes, and the names without an owner that earlier versions made. */
export const ownNamePattern = '(?:[0-9a-f]{8}-[0-9a-z]+-[0-9a-z]+-)?[0-9a-f]{16}';

/**
 * Returns whether the process that a name was made by has ended. On Linux the process's start is compared too, since
 * numbers of processes are used again; on other systems a day, and for other machines an hour, counts as long enough.
 * @param name a name of `ownNamePattern`
 * @param changed when the file was last written, in milliseconds
 */
export async function hasOwnerEnded(name: string, changed: number): Promise<boolean> {
  const [owner = '', pid = '', start = ''] = name.split('-');
  const age = Date.now() - changed;
  if (owner !== machine || pid === '') return age > abandonedAge;
  if (name.startsWith(`${me}-`)) return false;
  if (!(await runs(parseInt(pid, 36), start))) return true;
  return process.platform !== 'linux' && age > reusedAge;
}

async function runs(pid: number, start: string): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  if (process.platform !== 'linux') return true;
  const state = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => '');
  return state === '' || startIn(state) === start;
}

/** The start of a process in the text of its `/proc/PID/stat`, in ticks; empty for one that has ended. */
function startIn(state: string): string {
  // The second field is the program's name, which may contain spaces and parentheses.
  const fields = state.slice(state.lastIndexOf(')') + 2).split(' ');
  return 'ZX'.includes(fields[0] ?? 'X') ? '' : Number(fields[19]).toString(36);
}

/** This machine, or the container on it, as long as it runs: in another one, numbers mean other processes. */
const machine = createHash('sha256')
  .update(hostname())
  .update(orNone(() => readFileSync('/proc/sys/kernel/random/boot_id', 'latin1')))
  .update(orNone(() => readlinkSync('/proc/self/ns/pid')))
  .digest('hex')
  .slice(0, 8);

const me = [
  machine,
  process.pid.toString(36),
  orNone(() => startIn(readFileSync('/proc/self/stat', 'latin1'))) || '0',
].join('-');

/** Reads what only Linux has. */
function orNone(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}
