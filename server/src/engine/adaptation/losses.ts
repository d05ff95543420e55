/**
 * Sums of the losses since the last point of the log; part of a checkpoint, so that a run that goes on logs the same
 * means.
 */
export interface Pending {
  readonly sums: Record<string, number>;
  readonly count: number;
}

export const nothingPending: Pending = { sums: {}, count: 0 };

export function addLosses({ sums, count }: Pending, losses: Readonly<Record<string, number>>): Pending {
  const names = Object.keys(losses);
  return {
    sums: Object.fromEntries(names.map(name => [name, ((sums as Partial<typeof sums>)[name] ?? 0) + losses[name]])),
    count: count + 1,
  };
}

export function meanLosses({ sums, count }: Pending): Record<string, number> {
  return Object.fromEntries(Object.entries(sums).map(([name, sum]) => [name, sum / count]));
}
