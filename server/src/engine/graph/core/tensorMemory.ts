import { isKind, type Node } from './node';
import type { Program } from './program';
import { sizeOf } from './tensorShape';

/**
 * Computes the megabytes of the tensors that a step holds at one time, each of which lives until its last use, and of
 * the state.
 */
export function tensorMegabytes({ graph, state, outputs }: Program): { live: number; state: number } {
  const megabytes = (node: Node) => (sizeOf(node.shape) * 4) / 1e6;
  const isHeld = (node: Node) => isKind(node, 'variable') || isKind(node, 'constant');
  const uses = new Map<Node, number>();
  for (const used of graph.nodes.flatMap(({ inputs }) => inputs)) uses.set(used, (uses.get(used) ?? 0) + 1);
  for (const answered of [...Object.values(outputs), ...state.map(({ next }) => next)]) uses.set(answered, Infinity);
  let [now, live] = [0, 0];
  for (const node of graph.nodes) {
    if (!isHeld(node)) now += megabytes(node);
    live = Math.max(live, now);
    for (const used of node.inputs) {
      const left = uses.get(used)! - 1;
      uses.set(used, left);
      if (left === 0 && !isHeld(used)) now -= megabytes(used);
    }
  }
  return { live, state: state.reduce((sum, { current }) => sum + megabytes(current), 0) };
}
