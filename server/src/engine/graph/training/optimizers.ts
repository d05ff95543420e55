import { gradients } from './gradients';
import { isKind, type Node } from '../core/node';
import { add, divide, multiply, sqrt, square, subtract } from '../operators/elementwise';
import { variable, type Operand } from '../operators/leaves';
import { assign, type StateVariable } from '../core/program';
import { sizeOf } from '../core/tensorShape';

/** Options of stochastic gradient descent. */
export interface SgdOptions {
  /** A number, or a scalar node such as an input. */
  readonly learningRate: Operand;
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
    if (momentum === 0) return [assign(weight, subtract(weight, multiply(gradient, learningRate)))];
    const velocity = moment(weight, 'velocity');
    const next = add(multiply(velocity, momentum), gradient);
    const step = nesterov ? add(gradient, multiply(next, momentum)) : next;
    return [assign(weight, subtract(weight, multiply(step, learningRate))), assign(velocity, next)];
  });
}

/** Options of Adam; defaults as in PyTorch. */
export interface AdamOptions {
  readonly learningRate: Operand;
  readonly beta1?: number;
  readonly beta2?: number;
  readonly epsilon?: number;
  readonly weightDecay?: number;
}

/** Adam (Kingma & Ba, ICLR 2015, algorithm 1). `name` keeps the step counts of two optimizers of one program apart. */
export function adam(loss: Node, weights: readonly Node[], options: AdamOptions, name = 'adam'): StateVariable[] {
  const { learningRate, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weightDecay = 0 } = options;
  const powers = [beta1, beta2].map((beta, index) => {
    const before = variable(`${name}/beta${index + 1}`, { shape: [], data: Float32Array.of(1) });
    return assign(before, multiply(before, beta));
  });
  const [bias1, bias2] = powers.map(({ next }) => subtract(1, next));
  const updates = gradients(loss, weights).flatMap((raw, index) => {
    const weight = weights[index];
    const gradient = decayed(raw, weight, weightDecay);
    const [first, second] = [moment(weight, 'first'), moment(weight, 'second')];
    const nextFirst = add(multiply(first, beta1), multiply(gradient, 1 - beta1));
    const nextSecond = add(multiply(second, beta2), multiply(square(gradient), 1 - beta2));
    const step = divide(divide(nextFirst, bias1), add(sqrt(divide(nextSecond, bias2)), epsilon));
    return [
      assign(weight, subtract(weight, multiply(step, learningRate))),
      assign(first, nextFirst),
      assign(second, nextSecond),
    ];
  });
  return [...powers, ...updates];
}

/**
 * A moving average, `average ← momentum · average + (1 − momentum) · value`, for running statistics and a mean
 * teacher's weights.
 */
export function movingAverage(average: Node, value: Node, momentum: number): StateVariable {
  return assign(average, add(multiply(average, momentum), multiply(value, 1 - momentum)));
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
