import { type Node, concat, relu, resize } from '../../graph';
import { normalisedConvolution, plainConvolution, type ConvolutionLayer, type NetworkOutputs } from './layers';
import type { ForwardPass } from './forwardPass';

/**
 * Builds a small encoder–decoder that trains from scratch on a processor: strided convolutions down to an eighth of the
 * size, dilated ones there for a wide view, and up again to half the size, where each level is joined with the
 * encoder's (as in U-Net, Ronneberger et al., MICCAI 2015).
 */
export function compact(x: Node, channels: number, classes: number, pass: ForwardPass): NetworkOutputs {
  const block = (input: Node, layer: ConvolutionLayer) => relu(normalisedConvolution(input, layer, pass));
  const full = block(x, { name: 'down1', filters: channels });
  const half = block(block(full, { name: 'down2a', filters: 2 * channels, stride: 2 }), {
    name: 'down2b',
    filters: 2 * channels,
  });
  const quarter = block(block(half, { name: 'down3a', filters: 4 * channels, stride: 2 }), {
    name: 'down3b',
    filters: 4 * channels,
  });
  let eighth = block(quarter, { name: 'down4', filters: 4 * channels, stride: 2 });
  for (const dilation of [2, 4])
    eighth = block(eighth, { name: `context${dilation}`, filters: 4 * channels, dilation });
  const up3 = block(join(eighth, quarter), { name: 'up3', filters: 2 * channels });
  const up2 = block(join(up3, half), { name: 'up2', filters: channels });
  const logits = plainConvolution(up2, { name: 'classes', filters: classes, size: 1 }, pass);
  return { main: resize(logits, [x.shape[2]!, x.shape[3]!], { mode: 'bilinear' }) };
}

/** Resizes a coarse level to the size of a finer one, and appends the finer one's channels. */
function join(coarse: Node, fine: Node): Node {
  return concat([resize(coarse, [fine.shape[2]!, fine.shape[3]!], { mode: 'bilinear' }), fine], 1);
}
