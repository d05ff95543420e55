import type { LeafKind } from '../definitions';
import type { Node } from '../graph';
import type { Kind } from '../operation';
import { convolutions } from './convolution';
import { elementwise } from './elementwise';
import type { Kernel, Kernels } from './kernel';
import { reduce } from './reduce';
import { shaping } from './shape';

const kernels: Kernels<Exclude<Kind, LeafKind>> = { ...elementwise, ...reduce, ...shaping, ...convolutions };

/** What computes a node's operator on TensorFlow.js; undefined for a leaf. */
export function kernelOf(node: Node): Kernel<Kind> | undefined {
  return (kernels as Partial<Record<Kind, Kernel<Kind>>>)[node.operation.kind];
}
