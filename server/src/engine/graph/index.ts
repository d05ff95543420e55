/** What networks are written with: leaves, operators, layers, gradients, optimizers and programs. */
export { withGradient, type DataType, type Graph, type Node } from './core/node';
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
export { cast, equal, greater, isLabel, oneHot, toFloat, where } from './operators/elementwise';
export { argMax, average, max, mean, sum, sumTo, total } from './operators/reduction';
export { concat, difference, expand, pad, reshape, reverse, slice, sliceAxis, transpose } from './operators/shaping';
export { matmul } from './operators/products';
export { convolution, convolve, transposedConvolution, type ConvolutionOptions } from './operators/convolution';
export { countIndices, gather, scatterAdd } from './operators/products';
export { depthwiseConvolution } from './layers/depthwise';
export { batchNormalisation, batchStatistics, normalise, type Affine, type Normalised } from './layers/normalisation';
export { averagePooling, maxPooling, type PoolingOptions } from './layers/resampling';
export { resize, type ResizeOptions } from './layers/resampling';
export { logSoftmax, softmax } from './layers/losses';
export {
  absoluteError,
  binaryCrossEntropy,
  continuity,
  crossEntropy,
  crossEntropyMap,
  entropyMap,
  lossWeights,
  squaredError,
} from './layers/losses';
export { gradients, stopGradient } from './training/gradients';
export { adam, movingAverage, sgd, type AdamOptions, type SgdOptions } from './training/optimizers';
export { assign, createProgram, type Program, type StateVariable } from './core/program';
