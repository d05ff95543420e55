/** The estimated share of a frame's pixels whose labels are right, and the true one. */
export interface Outcome {
  readonly estimate: number;
  readonly right: number;
}

/** For some least estimates: the frames that reach it, and the share of their pixels that is right. */
export function estimateTable(outcomes: readonly Outcome[]): string {
  const rows = [0, 0.7, 0.75, 0.8, 0.85, 0.9].map(least => {
    const taken = outcomes.filter(({ estimate }) => estimate >= least).map(({ right }) => right);
    const [lowest = NaN] = taken.toSorted((a, b) => a - b);
    const mean = taken.reduce((sum, right) => sum + right, 0) / taken.length;
    return `| ${least} | ${taken.length} of ${outcomes.length} | ${mean.toFixed(3)} | ${lowest.toFixed(3)} |`;
  });
  return ['| least estimate | frames | right | least right |', '| --- | --- | --- | --- |', ...rows].join('\n');
}
