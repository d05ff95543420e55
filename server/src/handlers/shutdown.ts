import type { ServerContext } from './context';

/** `shutdown`: running jobs end; nothing is left behind. */
export function registerShutdown({ connection, training, quick, checks }: ServerContext): void {
  connection.onShutdown(() => {
    training.retire();
    quick.retire();
    checks.retire();
  });
}
