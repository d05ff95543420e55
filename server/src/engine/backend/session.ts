import type { Program } from '../graph/core/program';
import type { BackendReport, RunnableBackendName } from '../../../../protocol/backends';
import type { TensorValue } from '../graph/core/operation';

/**
 * A program that a back end holds ready. It owns the program's state (weights, moments, running statistics): every run
 * reads it and replaces it, on the device where the back end can.
 */
export interface Session {
  /** Runs one step. `feeds` has every input of the program; the result has the outputs in `fetch` (default: all). */
  run(feeds: Readonly<Record<string, TensorValue>>, fetch?: readonly string[]): Promise<Record<string, TensorValue>>;
  /** A copy of the state, to save, or to hand to another session of a program with the same state. */
  readState(): Promise<Record<string, TensorValue>>;
  /** Replaces the state that is given, by name; the rest stays. */
  writeState(state: Readonly<Record<string, TensorValue>>): Promise<void>;
  /** Frees the program and its state. */
  dispose(): Promise<void>;
}

/** Compiles programs to sessions, which are independent of one another. */
export interface Backend {
  readonly name: RunnableBackendName;
  createSession(program: Program): Promise<Session>;
}

/** What a back end is opened with. */
export interface BackendOptions {
  /** Threads of the back ends on the processor; 0 takes one per core. */
  readonly threads: number;
  /** The folder whose node_modules has tfjs-node. */
  readonly tensorflowFolder?: string;
  /** Called with the report of each back end that `auto` tried. */
  readonly onTrial?: (trial: BackendReport) => void;
}
