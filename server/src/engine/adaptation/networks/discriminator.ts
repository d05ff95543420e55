import { type Node, convolution, leakyRelu } from '../../graph';
import { constantInitializer, heInitializer, type NetworkWeights } from './networkWeights';

/** The number of channels of each layer, as a multiple of the first layer's. */
const widths = [1, 2, 4, 8];

/**
 * Estimates at each place of a network's output x [N,C,H,W] which domain it comes from, as logits [N,1,h,w]: four 4×4
 * convolutions of stride 2 with leaky rectifiers (slope 0.2) and a fifth to one channel (AdaptSegNet, section 4.1).
 */
export function discriminator(x: Node, channels: number, weights: Pick<NetworkWeights, 'weight'>): Node {
  const layer = (input: Node, name: string, filters: number) =>
    convolution(
      input,
      weights.weight(`${name}.weight`, [filters, input.shape[1]!, 4, 4], heInitializer),
      weights.weight(`${name}.bias`, [filters], constantInitializer(0)),
      { stride: 2, padding: 1 },
    );
  const features = widths.reduce(
    (y, width, index) => leakyRelu(layer(y, `conv${index + 1}`, width * channels), 0.2),
    x,
  );
  return layer(features, 'classifier', 1);
}
