/** How often a server that dies is started again before the client gives up and says so. */
export const restartLimit = { times: 4, withinMilliseconds: 3 * 60_000 };

/** Counts the restarts of the recent past. Times are milliseconds on any one clock. */
export class RestartPolicy {
  private restarts: number[] = [];

  /** Whether a server that died at `now` may be started again; a yes counts as a restart. */
  allows(now: number): boolean {
    this.restarts = this.restarts.filter(time => now - time < restartLimit.withinMilliseconds);
    if (this.restarts.length >= restartLimit.times) return false;
    this.restarts.push(now);
    return true;
  }

  /** Forgets what happened: the user asked for a new server. */
  reset(): void {
    this.restarts = [];
  }
}
