/** The exit status of a program that Ctrl-C ended: 128 + SIGINT. */
export const interruptedStatus = 130;

/**
 * Aborts at the first Ctrl-C or termination request, so that nothing is left half-written; the second ends the process
 * at once.
 */
export function onInterrupt(): { signal: AbortSignal; release: () => void } {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) process.exit(interruptedStatus);
    controller.abort();
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  return {
    signal: controller.signal,
    release: () => {
      process.off('SIGINT', stop).off('SIGTERM', stop);
    },
  };
}
