/** How many labels have an area of at least `from` and below `to` pixels. */
export interface AreaBin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** `1, 3, 10, 30, 100 …`: about equally far apart on a logarithmic scale, and easy to read. */
function edge(step: number): number {
  return (step % 2 === 0 ? 1 : 3) * 10 ** Math.floor(step / 2);
}

function stepOf(area: number): number {
  let step = 0;
  while (edge(step + 1) <= area) step++;
  return step;
}

/**
 * Labels by area on a logarithmic scale, from the smallest one's bin to the largest one's. Areas in pixels, those of 0
 * left out.
 */
export function areaHistogram(areas: readonly number[]): AreaBin[] {
  const steps = areas.filter(area => area > 0).map(stepOf);
  if (steps.length === 0) return [];
  const first = steps.reduce((least, step) => Math.min(least, step));
  const last = steps.reduce((most, step) => Math.max(most, step));
  const bins = Array.from({ length: last - first + 1 }, (_, at) => ({
    from: edge(first + at),
    to: edge(first + at + 1),
    count: 0,
  }));
  for (const step of steps) bins[step - first].count++;
  return bins;
}
