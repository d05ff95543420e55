import type { Kind } from '../core/operation';
import { onnxTypes, type OperatorRule, type OperatorRules } from '../core/operatorRule';
import { add, divide, greater, multiply, negate, sign, subtract, toFloat } from '../operators/elementwise';
import { sumTo } from '../operators/reduction';

/** An operator that ONNX knows by this name, without attributes. */
const named = <K extends Kind>(type: string, gradient?: OperatorRule<K>['gradient']): OperatorRule<K> => ({
  ...(gradient && { gradient }),
  onnx: (_, inputs, emitter) => emitter.emit(type, inputs),
});

/** Rules of arithmetic and functions of single values. */
export const elementwise: OperatorRules<
  'add' | 'subtract' | 'multiply' | 'divide' | 'abs' | 'exp' | 'log' | 'sqrt' | 'sigmoid' | 'relu' | 'clip'
> = {
  add: named('Add', ({ inputs: [a, b] }, dy) => [sumTo(dy, a.shape), sumTo(dy, b.shape)]),
  subtract: named('Sub', ({ inputs: [a, b] }, dy) => [sumTo(dy, a.shape), sumTo(negate(dy), b.shape)]),
  multiply: named('Mul', ({ inputs: [a, b] }, dy) => [
    sumTo(multiply(dy, b), a.shape),
    sumTo(multiply(dy, a), b.shape),
  ]),
  divide: named('Div', (y, dy) => {
    const [a, b] = y.inputs;
    const da = divide(dy, b);
    return [sumTo(da, a.shape), sumTo(negate(multiply(da, y)), b.shape)];
  }),
  abs: named('Abs', ({ inputs: [x] }, dy) => [multiply(dy, sign(x))]),
  exp: named('Exp', (y, dy) => [multiply(dy, y)]),
  log: named('Log', ({ inputs: [x] }, dy) => [divide(dy, x)]),
  sqrt: named('Sqrt', (y, dy) => [divide(multiply(dy, 0.5), y)]),
  sigmoid: named('Sigmoid', (y, dy) => [multiply(dy, multiply(y, subtract(1, y)))]),
  relu: {
    gradient: (y, dy) => {
      // by the output, whose sign is the input's: a back end can then run convolution and ReLU as one
      const positive = toFloat(greater(y, 0));
      const { slope } = y.operation;
      return [multiply(dy, slope === 0 ? positive : add(multiply(positive, 1 - slope), slope))];
    },
    onnx: (node, inputs, emitter) =>
      node.operation.slope === 0
        ? emitter.emit('Relu', inputs)
        : emitter.emit('LeakyRelu', inputs, { alpha: { float: node.operation.slope } }),
  },
  clip: {
    gradient: ({ inputs: [x], operation: { minimum, maximum } }, dy) => [
      multiply(dy, multiply(toFloat(greater(x, minimum)), toFloat(greater(maximum, x)))),
    ],
    onnx: ({ operation }, [x], emitter) =>
      emitter.emit('Clip', [x, emitter.float(operation.minimum), emitter.float(operation.maximum)]),
  },
};

/** Rules of comparisons, choice and conversion. */
export const compare: OperatorRules<'greater' | 'equal' | 'where' | 'cast'> = {
  greater: { onnx: (_, inputs, emitter) => emitter.emit('Greater', inputs) },
  equal: { onnx: (_, inputs, emitter) => emitter.emit('Equal', inputs) },
  where: {
    gradient: ({ inputs: [condition, a, b] }, dy) => {
      const chosen = toFloat(condition); // products run several times as fast as `where`
      return [null, sumTo(multiply(dy, chosen), a.shape), sumTo(multiply(dy, subtract(1, chosen)), b.shape)];
    },
    onnx: (_, inputs, emitter) => emitter.emit('Where', inputs),
  },
  cast: { onnx: ({ operation }, inputs, emitter) => emitter.emit('Cast', inputs, { to: onnxTypes[operation.to] }) },
};
