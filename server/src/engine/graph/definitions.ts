import type { Definition, Definitions } from './definition';
import type { Node } from './graph';
import { compare } from './operators/compare';
import { convolutions } from './operators/convolution';
import { elementwise } from './operators/elementwise';
import { indexing } from './operators/indexing';
import { products } from './operators/matmul';
import { reduce } from './operators/reduce';
import { shaping } from './operators/shape';
import type { Kind } from './operation';

export type LeafKind = 'input' | 'variable' | 'constant';

const definitions: Definitions<Exclude<Kind, LeafKind>> = {
  ...elementwise,
  ...compare,
  ...reduce,
  ...shaping,
  ...products,
  ...convolutions,
  ...indexing,
};

/** What the engine knows of a node's operator; undefined for a leaf. */
export function definitionOf(node: Node): Definition<Kind> | undefined {
  return (definitions as Partial<Record<Kind, Definition<Kind>>>)[node.operation.kind];
}
