import { ruleOf } from '../rules/operatorRules';
import { graphOf, withGradient, type Node } from '../core/node';
import { add } from '../operators/elementwise';
import { scalar } from '../operators/leaves';
import { expand } from '../operators/shaping';
import { sameShape } from '../core/tensorShape';

/**
 * Differentiates a scalar by other nodes, in reverse mode. The gradients are nodes; that by a node on which the scalar
 * does not depend is zero.
 * @throws Error when `loss` is no scalar.
 */
export function gradients(loss: Node, wanted: readonly Node[]): Node[] {
  if (loss.shape.length > 0) throw new Error(`Only a scalar has gradients, not a tensor [${loss.shape.join()}]`);
  const inputsOf = (node: Node) => node.backward?.inputs ?? node.inputs;
  const order = graphOf([loss], inputsOf).nodes;
  const needed = new Set<Node>(wanted);
  for (const node of order) if (inputsOf(node).some(input => needed.has(input))) needed.add(node);
  const found = new Map<Node, Node>([[loss, scalar(1)]]);
  for (const node of order.toReversed()) {
    const gradient = found.get(node);
    if (!gradient || !needed.has(node)) continue;
    const parts = node.backward ? node.backward.rule(node, gradient) : ruleOf(node)?.gradient?.(node, gradient);
    inputsOf(node).forEach((input, index) => {
      const part = parts?.[index];
      if (part && needed.has(input)) found.set(input, accumulate(input, part, found.get(input)));
    });
  }
  return wanted.map(node => found.get(node) ?? expand(scalar(0), node.shape));
}

function accumulate(node: Node, part: Node, before: Node | undefined): Node {
  if (!sameShape(node.shape, part.shape)) {
    throw new Error(`The gradient of a ${node.operation.kind} [${node.shape.join()}] has shape [${part.shape.join()}]`);
  }
  return before ? add(before, part) : part;
}

/** A node's value without its gradient. */
export function stopGradient(node: Node): Node {
  return withGradient(node, [], () => []);
}
