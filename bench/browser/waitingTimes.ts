/** Whole milliseconds of several waits: their median, their 90th percentile and the slowest. */
export function waitingTimes(took: readonly number[]): { median: number; ninetieth: number; slowest: number } {
  const sorted = took.toSorted((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]);
  return { median: at(0.5), ninetieth: at(0.9), slowest: at(1) };
}
