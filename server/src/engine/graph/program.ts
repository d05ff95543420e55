import type { TensorValue } from '../backend/session';
import type { Graph, Node } from './graph';

/** A tensor that outlives a step: read as `current`, replaced by `next` after it. A constant weight has `next === current`. */
export interface StateVariable {
  readonly name: string;
  readonly initial: TensorValue;
  readonly current: Node;
  readonly next: Node;
}

/** A step as a value: named inputs in, named outputs out, state carried over. */
export interface Program {
  readonly graph: Graph;
  readonly inputs: Readonly<Record<string, Node>>;
  readonly state: readonly StateVariable[];
  readonly outputs: Readonly<Record<string, Node>>;
}
