import type { ServerContext } from './context';

/** `shutdown`: running jobs end; nothing is left behind. */
export function registerShutdown({ connection, training, quick }: ServerContext): void {
  connection.onShutdown(() => {
    training.retire();
    quick.retire();
  });
}
