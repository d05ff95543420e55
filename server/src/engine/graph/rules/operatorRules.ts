import type { Node } from '../core/node';
import type { Kind } from '../core/operation';
import type { OperatorRule, OperatorRules } from '../core/operatorRule';
import { convolutions } from './convolutionRules';
import { compare, elementwise } from './elementwiseRules';
import { indexing, products, reduce } from './productRules';
import { shaping } from './shapingRules';

/** Kinds without inputs, which need no rules. */
export type LeafKind = 'input' | 'variable' | 'constant';

const rules: OperatorRules<Exclude<Kind, LeafKind>> = {
  ...elementwise,
  ...compare,
  ...reduce,
  ...shaping,
  ...products,
  ...convolutions,
  ...indexing,
};

/** The rule of a node's operator; undefined for a leaf. */
export function ruleOf(node: Node): OperatorRule<Kind> | undefined {
  return (rules as Partial<Record<Kind, OperatorRule<Kind>>>)[node.operation.kind];
}
