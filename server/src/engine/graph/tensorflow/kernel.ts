import type * as tfjs from '@tensorflow/tfjs-core';
import type { Node } from '../core/node';
import type { Kind, OperationOf } from '../core/operation';

/** The exports of tfjs-core, which tfjs-node has too. Functions take them, as they are found at run time. */
export type TensorFlow = typeof tfjs;
/** A tensor of TensorFlow.js. */
export type Tensor = tfjs.Tensor;

/** Computes one operator. Its caller disposes of the tensors that it makes on the way. */
export type Kernel<K extends Kind> = (tf: TensorFlow, inputs: readonly Tensor[], node: Node<OperationOf<K>>) => Tensor;

/** Kernels of several kinds of operators. */
export type Kernels<K extends Kind> = { readonly [P in K]: Kernel<P> };
