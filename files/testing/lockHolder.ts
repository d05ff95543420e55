import { holdLock } from '../lock';

/** A process that holds a lock until it is killed, and says so: `node lockHolder.cjs LOCK`. */
async function hold(lock: string): Promise<void> {
  if (!(await holdLock(lock))) throw new Error('another process holds the lock');
  process.stdout.write('held\n');
  setInterval(() => undefined, 60_000);
}

void hold(process.argv[2]);
