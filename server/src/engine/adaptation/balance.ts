import { add, exp, log, multiply, oneHot, reshape, sum, type Node } from '../graph';
import { sizeOf } from '../graph/core/tensorShape';

/** Added to every share: a class of few pixels, or none, has a weight that is not too large. */
const least = 0.001;

/**
 * Weights of the classes, float32 [classes]: their shares of the pixels of labels [N,1,H,W], plus 0.001, to the power
 * of `-power`.
 */
export function balancedWeights(labels: Node, classes: number, power: number): Node {
  const shares = multiply(sum(oneHot(labels, classes), [0, 2, 3]), 1 / sizeOf(labels.shape));
  return reshape(exp(multiply(log(add(shares, least)), -power)), [classes]);
}
