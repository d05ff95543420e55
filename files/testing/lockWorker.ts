import { appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { withLock } from '../lock';

/**
 * A process that takes a lock again and again and notes when it is inside: `node lockWorker.cjs LOCK LOG PATIENCE`. It
 * ends with status 1 when the lock cannot be had.
 */
async function work([lock, log, patience]: string[]): Promise<never> {
  const me = `${process.pid}.${Date.now()}`;
  for (let turn = 0; ; turn++) {
    await withLock(
      lock,
      async () => {
        appendFileSync(log, `begin ${me}.${turn}\n`);
        await sleep(Math.random() * 4);
        appendFileSync(log, `end ${me}.${turn}\n`);
      },
      { patience: Number(patience) },
    );
    await sleep(Math.random() * 4);
  }
}

work(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
