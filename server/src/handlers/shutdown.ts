import type { ServerContext } from './context';

/** `shutdown`: running jobs end; nothing is left behind but training runs, whose processes outlive the server. */
export function registerShutdown({ connection, training, quick, checks, measuring, runs }: ServerContext): void {
  connection.onShutdown(() => {
    for (const lane of [training, quick, checks, measuring]) lane.retire();
    runs.retire();
  });
}
