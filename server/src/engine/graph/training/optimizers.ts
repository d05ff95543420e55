import { gradients } from './gradients';
import { isKind, type Node } from '../core/node';
import { add, divide, multiply, sqrt, square, subtract } from '../operators/elementwise';
import { variable, type Operand } from '../operators/leaves';
import { assign, type StateVariable } from '../core/program';
import { reshape } from '../operators/shaping';
import { sizeOf } from '../core/tensorShape';

/** A number, a scalar node such as an input, or one for each weight. */
export type LearningRate = Operand | ((weight: Node) => Operand);

/** Options of stochastic gradient descent. */
export interface SgdOptions {
  readonly learningRate: LearningRate;
  readonly momentum?: number;
  readonly weightDecay?: number;
  readonly nesterov?: boolean;
}

/**
 * Stochastic gradient descent with momentum as in PyTorch: v ← μ·v + g, w ← w − rate·v. Returns the assignments of new
 * weights and moments.
 */
export function sgd(
  loss: Node,
  weights: readonly Node[],
  { learningRate, momentum = 0, weightDecay = 0, nesterov = false }: SgdOptions,
): StateVariable[] {
  return gradients(loss, weights).flatMap((raw, index) => {
    const weight = weights[index];
    const gradient = decayed(raw, weight, weightDecay);
    const rate = rateOf(learningRate, weight);
    if (momentum === 0) return [assign(weight, subtract(weight, multiply(gradient, rate)))];
    const velocity = moment(weight, 'velocity');
    const next = add(multiply(velocity, momentum), gradient);
    const step = nesterov ? add(gradient, multiply(next, momentum)) : next;
    return [assign(weight, subtract(weight, multiply(step, rate))), assign(velocity, next)];
  });
}

/** Options of Adam; defaults as in PyTorch. */
export interface AdamOptions {
  readonly learningRate: LearningRate;
  readonly beta1?: number;
  readonly beta2?: number;
  readonly epsilon?: number;
  readonly weightDecay?: number;
  /** Whether weights decay by themselves, and not as a part of the gradient: AdamW (Loshchilov & Hutter, ICLR 2019). */
  readonly decoupled?: boolean;
}

/** Adam (Kingma & Ba, ICLR 2015, algorithm 1). `name` keeps the step counts of two optimizers of one program apart. */
export function adam(loss: Node, weights: readonly Node[], options: AdamOptions, name = 'adam'): StateVariable[] {
  const { learningRate, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weightDecay = 0 } = options;
  const { decoupled = false } = options;
  const powers = [beta1, beta2].map((beta, index) => {
    const before = variable(`${name}/beta${index + 1}`, { shape: [], data: Float32Array.of(1) });
    return assign(before, multiply(before, beta));
  });
  const [bias1, bias2] = powers.map(({ next }) => subtract(1, next));
  const spread = divide(1, sqrt(bias2));
  const updates = gradients(loss, weights).flatMap((raw, index) => {
    const weight = weights[index];
    const rate = rateOf(learningRate, weight);
    const value = flat(weight);
    const gradient = decoupled ? flat(raw) : decayed(flat(raw), value, weightDecay);
    const [first, second] = [moment(weight, 'first'), moment(weight, 'second')];
    const nextFirst = add(multiply(flat(first), beta1), multiply(gradient, 1 - beta1));
    const nextSecond = add(multiply(flat(second), beta2), multiply(square(gradient), 1 - beta2));
    const step = divide(multiply(nextFirst, divide(rate, bias1)), add(multiply(sqrt(nextSecond), spread), epsilon));
    const kept = decoupled ? multiply(value, subtract(1, multiply(rate, weightDecay))) : value;
    const assigned = (variable: Node, next: Node) => assign(variable, reshape(next, variable.shape));
    return [assigned(weight, subtract(kept, step)), assigned(first, nextFirst), assigned(second, nextSecond)];
  });
  return [...powers, ...updates];
}

function rateOf(rate: LearningRate, weight: Node): Operand {
  return typeof rate === 'function' ? rate(weight) : rate;
}

/**
 * A tensor as a vector. ONNX Runtime takes many times as long for a scalar and a tensor whose last axes are of size 1,
 * such as a 1×1 filter, since it does them value by value.
 */
function flat(x: Node): Node {
  return reshape(x, [sizeOf(x.shape)]);
}

/**
 * A moving average, `average ← momentum · average + (1 − momentum) · value`, for running statistics and a mean
 * teacher's weights.
 */
export function movingAverage(average: Node, value: Node, momentum: Operand): StateVariable {
  const rest = typeof momentum === 'number' ? 1 - momentum : subtract(1, momentum);
  return assign(average, add(multiply(average, momentum), multiply(value, rest)));
}

function decayed(gradient: Node, weight: Node, rate: number): Node {
  return rate === 0 ? gradient : add(gradient, multiply(weight, rate));
}

/** A variable of zeros beside a weight. */
function moment(weight: Node, name: string): Node {
  if (!isKind(weight, 'variable')) throw new Error(`An optimizer changes variables, not a ${weight.operation.kind}`);
  return variable(`${weight.operation.name}/${name}`, {
    shape: weight.shape,
    data: new Float32Array(sizeOf(weight.shape)),
  });
}
