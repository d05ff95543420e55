/** Everything a network's author needs: leaves, operators, layers, gradients, optimizers, programs. */
export { withGradient, type DataType, type Graph, type Node } from './graph';
export { constant, input, scalar, variable, type Operand } from './operators/leaves';
export {
  abs,
  add,
  clip,
  divide,
  exp,
  leakyRelu,
  log,
  maximum,
  minimum,
  multiply,
  negate,
  relu,
  sigmoid,
  sign,
  sqrt,
  square,
  subtract,
} from './operators/elementwise';
export { cast, equal, greater, isLabel, oneHot, toFloat, where } from './operators/compare';
export { argMax, average, max, mean, sum, sumTo, total } from './operators/reduce';
export { concat, difference, expand, pad, reshape, reverse, slice, sliceAxis, transpose } from './operators/shape';
export { matmul } from './operators/matmul';
export { convolution, transposedConvolution, type ConvolutionOptions } from './operators/convolution';
export { countIndices, gather, scatterAdd } from './operators/indexing';
export { batchNormalisation, normalise, type Affine, type Normalised } from './layers/normalisation';
export { averagePooling, maxPooling, type PoolingOptions } from './layers/pooling';
export { resize, type ResizeOptions } from './layers/resize';
export { logSoftmax, softmax } from './layers/softmax';
export {
  absoluteError,
  binaryCrossEntropy,
  continuity,
  crossEntropy,
  crossEntropyMap,
  entropyMap,
  squaredError,
} from './layers/losses';
export { gradients, stopGradient } from './gradients';
export { adam, movingAverage, sgd, type AdamOptions, type SgdOptions } from './optimizers';
export { assign, createProgram, type Program, type StateVariable } from './program';
