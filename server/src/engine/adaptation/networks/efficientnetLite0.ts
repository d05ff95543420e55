import { type Node, add, clip, constant, multiply, relu, resize } from '../../graph';
import { means, spreads } from '../../dataset/streaming/imageNormalisation';
import { normalisedConvolution, plainConvolution, type NetworkOutputs } from './layers';
import type { ForwardPass } from './forwardPass';
import { smallInitializer } from './networkWeights';
import { exchangeBatchAndChannels, foldedConvolution, foldedDepthwise, foldedPointwise } from './encoderLayers';

/** What the names of the encoder's weights begin with. */
export const encoderPrefix = 'encoder.';

/**
 * The blocks of the paper's table 1, as EfficientNet-Lite0 has them: expansion, filter size, stride, channels,
 * repeats.
 */
const stages = [
  [1, 3, 1, 16, 1],
  [6, 3, 2, 24, 2],
  [6, 5, 2, 40, 2],
  [6, 3, 2, 80, 3],
  [6, 5, 1, 112, 3],
  [6, 5, 2, 192, 4],
  [6, 3, 1, 320, 1],
] as const;
/** The stages whose outputs the decoder sees: the last of each stride, 2 to 32. */
const tapped: ReadonlySet<number> = new Set([0, 1, 2, 4, 6]);
/** The stride of the coarsest level. */
export const coarsestStride = 32;
/** The decoder's level that a second output is made of, counted from that of stride 4. */
const secondLevel = 1;
/** The number of channels of the decoder. */
const width = 64;
const initializer = smallInitializer;

/**
 * Builds a segmentation network of an EfficientNet-Lite0 encoder (Tan and Le, ICML 2019; Lite: without squeeze and
 * excitation, with ReLU6) and a pyramid decoder (FPN, Lin et al., CVPR 2017): each level is joined with the next finer
 * one's, up to half the picture's size.
 * @param withSecond whether to classify the decoder's level of stride 8 too, from which the finer ones are made
 */
export function efficientnetLite0(x: Node, classes: number, pass: ForwardPass, withSecond = false): NetworkOutputs {
  const [finest, ...coarser] = efficientnetLite0Encoder(x, pass);
  const lateral = (level: Node, index: number) =>
    normalisedConvolution(level, { name: `decoder.lateral${index}`, filters: width, size: 1, initializer }, pass);
  const output = (level: Node, name: string) =>
    resize(plainConvolution(level, { name, filters: classes, size: 1, initializer }, pass), sizeOf(x), {
      mode: 'bilinear',
    });
  let y = relu(lateral(coarser.at(-1)!, coarser.length));
  let second: Node | undefined;
  for (const [index, level] of [...coarser.entries()].slice(0, -1).reverse()) {
    y = add(lateral(level, index + 1), resize(y, sizeOf(level), { mode: 'bilinear' }));
    y = relu(normalisedConvolution(relu(y), { name: `decoder.smooth${index + 1}`, filters: width, initializer }, pass));
    if (withSecond && index === secondLevel) second = output(y, 'decoder.classes2');
  }
  y = relu(add(lateral(finest!, 0), resize(y, sizeOf(finest!), { mode: 'bilinear' })));
  const main = output(y, 'decoder.classes');
  return { main, ...(second && { second }), decoded: y, features: coarser.at(-1)! };
}

/** Builds the encoder and returns its levels [N,C,h,w] at strides 2, 4, 8, 16 and 32 of pictures x [N,3,H,W]. */
export function efficientnetLite0Encoder(x: Node, pass: ForwardPass): Node[] {
  const stem = { name: 'encoder.stem', filters: 32, size: 3, stride: 2 };
  let y = rectify(foldedConvolution(ownNormalisation(x), stem, pass));
  const levels: Node[] = [];
  let block = 0;
  for (const [stage, [expansion, size, stride, filters, repeats]] of stages.entries()) {
    for (let repeat = 0; repeat < repeats; repeat++) {
      const name = `encoder.blocks.${block++}`;
      y = invertedBottleneck(y, { name, expansion, size, stride: repeat === 0 ? stride : 1, filters }, pass);
    }
    if (tapped.has(stage)) levels.push(exchangeBatchAndChannels(y));
  }
  return levels;
}

/** Converts pictures as all networks get them to what this encoder was trained on: (byte − 127) / 128. */
function ownNormalisation(x: Node): Node {
  const perChannel = (values: number[]) => constant({ shape: [1, 3, 1, 1], data: Float32Array.from(values) });
  const gain = spreads.map(spread => (255 * spread) / 128);
  const shift = means.map(mean => (255 * mean - 127) / 128);
  return add(multiply(x, perChannel(gain)), perChannel(shift));
}

interface Bottleneck {
  readonly name: string;
  readonly expansion: number;
  readonly size: number;
  readonly stride: number;
  readonly filters: number;
}

/** Expands, filters each channel and projects; the input [C,N,H,W] is added where it has the output's shape. */
function invertedBottleneck(x: Node, { name, expansion, size, stride, filters }: Bottleneck, pass: ForwardPass): Node {
  const wide = { name: `${name}.expand`, filters: x.shape[0]! * expansion };
  const expanded = expansion === 1 ? x : rectify(foldedPointwise(x, wide, pass));
  const filtered = rectify(foldedDepthwise(expanded, { name: `${name}.depthwise`, size, stride }, pass));
  const projected = foldedPointwise(filtered, { name: `${name}.project`, filters }, pass);
  return stride === 1 && x.shape[0] === filters ? add(x, projected) : projected;
}

/** ReLU6. */
function rectify(x: Node): Node {
  return clip(x, 0, 6);
}

function sizeOf({ shape }: Node): [number, number] {
  return [shape[2]!, shape[3]!];
}
