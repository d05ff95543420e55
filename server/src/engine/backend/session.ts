import type { Program } from '../graph/program';
import type { BackendName } from '../../../../protocol/settings';

/** A dense tensor on the host, row-major. `shape` is `[]` for a scalar. */
export interface TensorValue {
  readonly shape: readonly number[];
  readonly data: Float32Array | Int32Array;
}

/**
 * A program that a back end holds ready. It owns the program's state (weights, moments, running statistics): every run reads
 * it and replaces it, on the device where the back end can.
 */
export interface Session {
  /** One step. `feeds` has every input of the program; the answer has the outputs named in `fetch` (default: all). */
  run(feeds: Readonly<Record<string, TensorValue>>, fetch?: readonly string[]): Promise<Record<string, TensorValue>>;
  /** A copy of the state, to save, or to hand to another session of a program with the same state. */
  readState(): Promise<Record<string, TensorValue>>;
  writeState(state: Readonly<Record<string, TensorValue>>): Promise<void>;
  dispose(): Promise<void>;
}

export type RunnableBackendName = Exclude<BackendName, 'auto'>;

/** Runs programs. Two sessions of one back end are independent. */
export interface Backend {
  readonly name: RunnableBackendName;
  createSession(program: Program): Promise<Session>;
}
