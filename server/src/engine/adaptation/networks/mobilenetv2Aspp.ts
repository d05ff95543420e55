import { type Node, add, clip, resize } from '../../graph';
import { normalisedConvolution, plainConvolution, type NetworkOutputs } from './layers';
import type { ForwardPass } from './forwardPass';

/** The rows of table 2 of the MobileNetV2 paper: expansion, channels, repeats, stride. */
const stages = [
  [1, 16, 1, 1],
  [6, 24, 2, 2],
  [6, 32, 3, 2],
  [6, 64, 4, 2],
  [6, 96, 3, 1],
  [6, 160, 3, 2],
  [6, 320, 1, 1],
] as const;
/** The largest stride of the output: beyond it strides become dilations, so that the output keeps 1/16 of the size. */
const largestStride = 16;
/** Dilations of the classifier's parallel convolutions (DeepLabv2, Chen et al., TPAMI 2018, as in AdaptSegNet). */
const rates = [6, 12, 18, 24];
/** The stage whose output the second classifier takes: the last but two. */
const secondStage = 4;

/**
 * Builds MobileNetV2 (Sandler et al., CVPR 2018) with an atrous spatial pyramid as classifier. The encoder's weights
 * have torchvision's names (`features.…`), so that pretrained ones load by name.
 */
export function mobilenetv2Aspp(x: Node, classes: number, pass: ForwardPass): NetworkOutputs {
  let y = rectified(x, { name: 'features.0.0', norm: 'features.0.1', filters: 32, stride: 2 }, pass);
  let [index, stride, dilation] = [1, 2, 1];
  let second = y;
  for (const [stage, [expansion, filters, repeats, first]] of stages.entries()) {
    for (let repeat = 0; repeat < repeats; repeat++, index++) {
      const wanted = repeat === 0 ? first : 1;
      const dilated = stride * wanted > largestStride;
      y = invertedResidual(
        y,
        { name: `features.${index}.conv`, expansion, filters, stride: dilated ? 1 : wanted, dilation },
        pass,
      );
      if (dilated) dilation *= wanted;
      else stride *= wanted;
    }
    if (stage === secondStage) second = y;
  }
  const size = [x.shape[2]!, x.shape[3]!] as const;
  const output = (level: Node, name: string) => resize(pyramid(level, name, classes, pass), size, { mode: 'bilinear' });
  return { main: output(y, 'classifier'), second: output(second, 'classifier2') };
}

function rectified(x: Node, layer: Parameters<typeof normalisedConvolution>[1], pass: ForwardPass): Node {
  return clip(normalisedConvolution(x, layer, pass), 0, 6);
}

interface Residual {
  readonly name: string;
  readonly expansion: number;
  readonly filters: number;
  readonly stride: number;
  readonly dilation: number;
}

/** Expands, filters each channel and projects (section 3.3); the input is added where it has the output's shape. */
function invertedResidual(x: Node, { name, expansion, filters, stride, dilation }: Residual, pass: ForwardPass): Node {
  const wide = x.shape[1]! * expansion;
  const at = expansion === 1 ? 0 : 1;
  const expanded =
    expansion === 1 ? x : rectified(x, { name: `${name}.0.0`, norm: `${name}.0.1`, filters: wide, size: 1 }, pass);
  const filtered = rectified(
    expanded,
    { name: `${name}.${at}.0`, norm: `${name}.${at}.1`, filters: wide, stride, dilation, groups: wide },
    pass,
  );
  const projected = normalisedConvolution(
    filtered,
    { name: `${name}.${at + 1}`, norm: `${name}.${at + 2}`, filters, size: 1 },
    pass,
  );
  return stride === 1 && x.shape[1] === filters ? add(x, projected) : projected;
}

function pyramid(x: Node, name: string, classes: number, pass: ForwardPass): Node {
  return rates
    .map((dilation, index) => plainConvolution(x, { name: `${name}.${index}`, filters: classes, dilation }, pass))
    .reduce((sum, level) => add(sum, level));
}
