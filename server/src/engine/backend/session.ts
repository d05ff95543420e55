import type { Program } from '../graph/core/program';
import type { BackendReport, RunnableBackendName } from '../../../../protocol/backends';
import type { TensorValue } from '../graph/core/operation';

/**
 * A program that a back end holds ready. It owns the program's state (weights, moments, running statistics): every run
 * reads it and replaces it, on the device where the back end can.
 */
export interface Session {
  /** One step. `feeds` has every input of the program; the answer has the outputs named in `fetch` (default: all). */
  run(feeds: Readonly<Record<string, TensorValue>>, fetch?: readonly string[]): Promise<Record<string, TensorValue>>;
  /** A copy of the state, to save, or to hand to another session of a program with the same state. */
  readState(): Promise<Record<string, TensorValue>>;
  writeState(state: Readonly<Record<string, TensorValue>>): Promise<void>;
  dispose(): Promise<void>;
}

/** Runs programs. Two sessions of one back end are independent. */
export interface Backend {
  readonly name: RunnableBackendName;
  createSession(program: Program): Promise<Session>;
}

export interface BackendOptions {
  /** Threads of the CPU back ends; 0 takes one per core. */
  readonly threads: number;
  /** Folder in whose node_modules tfjs-node is looked for. */
  readonly tensorflowFolder?: string;
  /** Hears what `auto` tried. */
  readonly report?: (trial: BackendReport) => void;
}
