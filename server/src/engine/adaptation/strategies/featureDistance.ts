import {
  type Node,
  add,
  constant,
  divide,
  equal,
  greater,
  matmul,
  maximum,
  multiply,
  reshape,
  scalar,
  sqrt,
  square,
  subtract,
  sum,
  toFloat,
  total,
} from '../../graph';
import { imageShape } from '../../graph/core/tensorShape';
import { ignoreLabel } from '../../dataset/layouts/classList';
import { coarsestStride, efficientnetLite0Encoder } from '../networks/efficientnetLite0';
import { startForwardPass } from '../networks/forwardPass';
import { imageNetPrefix, NetworkWeights } from '../networks/networkWeights';

/** The share of a position's pixels that have to be labelled for it to count (DAFormer, section 4.1). */
const leastLabelled = 0.75;
/** Keeps the gradient of a distance of 0 finite: the network begins as the pretrained encoder. */
const tiny = 1e-12;

/**
 * Computes how far a network's features are from those of the pretrained encoder, which stays as it is (DAFormer, Hoyer
 * et al., CVPR 2022, section 3.3).
 * @param source pictures [N,3,H,W], with their labels int32 [N,1,H,W]
 * @param features what the network makes of them at its coarsest level
 */
export function distanceFromPretrained(source: Node, labels: Node, features: Node, seed: number): Node {
  const pass = startForwardPass(new NetworkWeights(imageNetPrefix, seed), 'stored');
  const pretrained = efficientnetLite0Encoder(source, pass).at(-1)!;
  return featureDistance(features, pretrained, labels, coarsestStride);
}

/**
 * Computes the mean Euclidean distance of features [N,C,h,w] over the positions that are labelled, a scalar; 0 where
 * none is. Published is the mean over countable things, which lists of classes here do not tell from the rest.
 * @param labels int32 [N,1,H,W], where h = ⌈H / stride⌉ and w = ⌈W / stride⌉
 */
export function featureDistance(found: Node, wanted: Node, labels: Node, stride: number): Node {
  const distances = sqrt(add(sum(square(subtract(found, wanted)), [1]), tiny));
  const counted = toFloat(greater(labelledShares(labels, stride), leastLabelled));
  return divide(total(multiply(distances, counted)), maximum(total(counted), scalar(1)));
}

/** The share of labelled pixels [N,1,h,w] in cells of `stride` × `stride` pixels, of which the last may be smaller. */
function labelledShares(labels: Node, stride: number): Node {
  const [batch, , height, width] = imageShape(labels.shape);
  const labelled = subtract(1, toFloat(equal(labels, ignoreLabel)));
  const [down, across] = [cellMeans(height, stride), cellMeans(width, stride)];
  const narrow = matmul(reshape(labelled, [batch * height, width]), across, { transposeB: true });
  const [rows, columns] = [down.shape[0]!, across.shape[0]!];
  return reshape(matmul(down, reshape(narrow, [batch, height, columns])), [batch, 1, rows, columns]);
}

/** A matrix [cells, side] that takes the means of cells. */
function cellMeans(side: number, stride: number): Node {
  const cells = Math.ceil(side / stride);
  const data = new Float32Array(cells * side);
  for (let n = 0; n < side; n++) {
    const cell = Math.floor(n / stride);
    data[cell * side + n] = 1 / Math.min(stride, side - cell * stride);
  }
  return constant({ shape: [cells, side], data });
}
