/** What a trial found: undefined where the program did right, else what it did wrong. */
export type Fault = string | undefined;

/** What a program that was tried has used. */
export interface Use {
  /** The largest resident memory of its processes together, in megabytes; 0 where it was not measured. */
  readonly megabytes: number;
  readonly seconds: number;
}

/** The outcome of a trial. */
export interface Outcome {
  readonly fault: Fault;
  readonly use: Use;
}

/** One attack on the built program: a bad input, a kill at one moment, a full disk. */
export interface Trial {
  readonly title: string;
  run(): Promise<Outcome>;
}

/** Trials of one kind; `prepare` makes what they share and lists them. */
export interface Section {
  readonly title: string;
  /** Why this machine cannot try them, where it cannot. */
  readonly impossible?: string;
  /** @param folder an empty folder, which is deleted afterwards */
  prepare(folder: string, extent: Extent): Promise<Trial[]>;
}

/** How many trials are made: `short` belongs to `npm test`, `full` is `npm run attack`. */
export type Extent = 'short' | 'full';

/** Takes every n-th of some trials so that about `count` remain, the first and the last among them. */
export function spread<T>(all: readonly T[], count: number): T[] {
  if (all.length <= count) return [...all];
  return Array.from({ length: count }, (_, index) => all[Math.round((index * (all.length - 1)) / (count - 1))]);
}
