import {
  abs,
  add,
  argMax,
  average,
  constant,
  countIndices,
  crossEntropy,
  gather,
  multiply,
  reshape,
  scalar,
  sliceAxis,
  subtract,
  type Node,
} from '../graph';

/** The label of each pixel, int32 [1, 1, H, W]: the channel of the greatest response. */
export function ownLabels(response: Node): Node {
  return argMax(response, 1);
}

/**
 * Cross-entropy of the responses to given labels: pulls similar pixels to one label (Kim et al., TIP 2020, equation 2).
 */
export function similarityLoss(response: Node, labels: Node): Node {
  return crossEntropy(response, labels);
}

/** Mean absolute difference of responses between neighbours along one axis; 0 where the picture is one pixel wide. */
function variationAlong(response: Node, axis: number): Node {
  const size = response.shape[axis];
  if (size < 2) return scalar(0);
  return average(abs(subtract(sliceAxis(response, axis, 1), sliceAxis(response, axis, 0, size - 1))));
}

/** L1 norm of the response's differences in both directions, each a mean (Kim et al., TIP 2020, equation 3). */
export function continuityLoss(response: Node): Node {
  return add(variationAlong(response, 2), variationAlong(response, 3));
}

/**
 * Labels [1, 1, H, W] with each superpixel's pixels set to the label that most of them have (Kanezaki, ICASSP 2018,
 * section 3.2); of equally frequent ones the least. `superpixels` is int32 [H · W], ids below `count`.
 */
export function majorityLabels(labels: Node, channels: number, superpixels: Node, count: number): Node {
  const pairs = add(
    multiply(superpixels, constant({ shape: [], data: Int32Array.of(channels) })),
    reshape(labels, superpixels.shape),
  );
  const votes = reshape(countIndices(pairs, count * channels), [count, channels]);
  return reshape(gather(argMax(votes, 1), superpixels), labels.shape);
}
