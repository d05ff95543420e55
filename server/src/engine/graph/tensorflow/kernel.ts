import type * as tfjs from '@tensorflow/tfjs-core';
import type { Node } from '../core/node';
import type { Kind, OperationOf } from '../core/operation';

/** What tfjs-core exports, and tfjs-node again; handed in, as it is found at run time. */
export type TensorFlow = typeof tfjs;
export type Tensor = tfjs.Tensor;

/** Computes one operator. What it makes on the way its caller disposes of. */
export type Kernel<K extends Kind> = (tf: TensorFlow, inputs: readonly Tensor[], node: Node<OperationOf<K>>) => Tensor;

export type Kernels<K extends Kind> = { readonly [P in K]: Kernel<P> };
