/** A lack of memory for training: needed and available megabytes, and the largest batch that fits (0: none does). */
export interface MemoryShortage {
  readonly needed: number;
  readonly available: number;
  readonly batch: number;
}

/** Describes a lack of memory, and the remedy, in a sentence. */
export function describeShortage({ needed, available, batch }: MemoryShortage): string {
  const gigabytes = (megabytes: number) => `${(megabytes / 1000).toFixed(1)} GB`;
  return (
    `Training takes about ${gigabytes(needed)} of memory on the processor, ` +
    `and this machine has ${gigabytes(available)}: lower ${batch > 0 ? 'the batch or ' : ''}the size.`
  );
}
