import { graphOf, isKind, type Graph, type Node } from './node';
import type { TensorValue } from './operation';

/**
 * A tensor that outlives a step: read as `current`, replaced by `next` after it. A constant weight has `next ===
 * current`.
 */
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

/** Says that a variable has another value after the step. */
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
 * A program from what it answers and what it carries over. Inputs are found in the graph; variables that nothing
 * assigns stay as they are. Throws for two inputs, or two variables, of one name.
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
