import { graphOf, isKind, type Graph, type Node } from './node';
import type { TensorValue } from './operation';

/**
 * A tensor that outlives a step, which reads it as `current` and replaces it by `next`. A weight that is not trained
 * has `next === current`.
 */
export interface StateVariable {
  readonly name: string;
  readonly initial: TensorValue;
  readonly current: Node;
  readonly next: Node;
}

/** A training step as a value: a graph with named inputs and outputs, and state that is carried over. */
export interface Program {
  readonly graph: Graph;
  readonly inputs: Readonly<Record<string, Node>>;
  readonly state: readonly StateVariable[];
  readonly outputs: Readonly<Record<string, Node>>;
}

/** Gives a variable another value after the step. @throws Error when type or shape differ */
export function assign(current: Node, next: Node): StateVariable {
  if (!isKind(current, 'variable')) throw new Error(`Only a variable can be assigned, not a ${current.operation.kind}`);
  const { name, initial } = current.operation;
  if (next.shape.join() !== current.shape.join() || next.type !== current.type) {
    throw new Error(
      `Variable ${name} holds ${current.type} [${current.shape.join()}], not ${next.type} [${next.shape.join()}]`,
    );
  }
  return { name, initial, current, next };
}

/**
 * Makes a program of its outputs and the assignments to its variables. Inputs are found in the graph; variables without
 * an assignment keep their values.
 * @throws Error for two inputs, or two variables, of one name
 */
export function createProgram(
  outputs: Readonly<Record<string, Node>>,
  assignments: readonly StateVariable[] = [],
): Program {
  const graph = graphOf([...Object.values(outputs), ...assignments.flatMap(({ current, next }) => [current, next])]);
  const assigned = new Set(assignments.map(({ current }) => current));
  const fixed = graph.nodes
    .filter(node => isKind(node, 'variable') && !assigned.has(node))
    .map(node => assign(node, node));
  const state = [...assignments, ...fixed];
  const inputs = graph.nodes.filter(node => isKind(node, 'input')).map(node => [node.operation.name, node] as const);
  for (const names of [state.map(({ name }) => name), inputs.map(([name]) => name)]) {
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice !== undefined) throw new Error(`Two tensors of the program are named ${twice}`);
  }
  return { graph, inputs: Object.fromEntries(inputs), state, outputs };
}
