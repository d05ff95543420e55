import type { DataType, Operation } from './operation';

export type { DataType } from './operation';

/**
 * A tensor of a graph: the operation that makes it, its inputs and its static shape. Nodes are values; a graph is all
 * nodes that its outputs depend on.
 */
export interface Node<O extends Operation = Operation> {
  readonly operation: O;
  readonly inputs: readonly Node[];
  readonly type: DataType;
  /** `[]` for a scalar. */
  readonly shape: readonly number[];
  /** Replaces the gradient that would follow from the operation. */
  readonly backward?: Backward;
}

/** A gradient given by hand: that by each of `inputs`, from that by the node; null where there is none. */
export interface Backward {
  readonly inputs: readonly Node[];
  readonly rule: (node: Node, gradient: Node) => readonly (Node | null)[];
}

/** Nodes in topological order: each after its inputs. */
export interface Graph {
  readonly nodes: readonly Node[];
}

/** Makes a node. */
export function makeNode(
  operation: Operation,
  inputs: readonly Node[],
  shape: readonly number[],
  type: DataType = 'float32',
): Node {
  return { operation, inputs, shape, type };
}

/** Gives a node a gradient by hand: `rule` returns the loss's gradient by each input from that by the node. */
export function withGradient(node: Node, inputs: readonly Node[], rule: Backward['rule']): Node {
  // A second node of an input's or a variable's name would be another input or variable, so a reshape takes its place.
  const value = node.inputs.length > 0 ? node : makeNode({ kind: 'reshape' }, [node], node.shape, node.type);
  return { ...value, backward: { inputs, rule } };
}

/** The graph of all nodes that `outputs` depend on. `inputsOf` has a node's inputs, by default its operation's. */
export function graphOf(
  outputs: Iterable<Node>,
  inputsOf: (node: Node) => readonly Node[] = node => node.inputs,
): Graph {
  const placed = new Set<Node>();
  const opened = new Set<Node>();
  const stack = [...outputs].reverse();
  while (stack.length > 0) {
    // a stack of its own: deep networks overflow the call stack
    const node = stack[stack.length - 1];
    if (placed.has(node) || opened.has(node)) {
      placed.add(node);
      stack.pop();
      continue;
    }
    opened.add(node);
    for (const input of inputsOf(node).toReversed()) if (!placed.has(input)) stack.push(input);
  }
  return { nodes: [...placed] };
}

/** Whether a node performs an operation of this kind. */
export function isKind<K extends Operation['kind']>(
  node: Node,
  kind: K,
): node is Node<Extract<Operation, { kind: K }>> {
  return node.operation.kind === kind;
}
