/** Where a layer stands in an inverted bottleneck. */
type Part = 'expand' | 'depthwise' | 'project';

/** How a network names its encoder's layers, and how often timm's stages repeat their block. */
interface Layout {
  /** The weight by which a network is known to have these names. */
  readonly mark: string;
  readonly repeats: readonly number[];
  readonly stem: { readonly filter: string; readonly norm: string };
  readonly layer: (block: number, part: Part, isNorm: boolean) => string;
}

const efficientnetLite0: Layout = {
  mark: 'encoder.stem.weight',
  repeats: [1, 2, 2, 3, 3, 4, 1],
  stem: { filter: 'encoder.stem', norm: 'encoder.stem.norm' },
  layer: (block, part, isNorm) => `encoder.blocks.${block}.${part}${isNorm ? '.norm' : ''}`,
};

/** torchvision's names, whose numbers count the modules of a block. */
const mobilenetv2: Layout = {
  mark: 'features.0.0.weight',
  repeats: [1, 2, 3, 4, 3, 3, 1],
  stem: { filter: 'features.0.0', norm: 'features.0.1' },
  layer: (block, part, isNorm) => {
    const first = block === 0 ? 1 : 0;
    const rectified = { expand: 0, depthwise: 1 - first };
    const place = part === 'project' ? String(2 - first + Number(isNorm)) : `${rectified[part]}.${Number(isNorm)}`;
    return `features.${block + 1}.conv.${place}`;
  },
};

/** The layers of timm's blocks; its first block does not expand, and counts its norms from the depthwise filter on. */
const firstParts: Readonly<Record<string, Part>> = {
  conv_dw: 'depthwise',
  bn1: 'depthwise',
  conv_pw: 'project',
  bn2: 'project',
};
const otherParts: Readonly<Record<string, Part>> = {
  conv_pw: 'expand',
  bn1: 'expand',
  conv_dw: 'depthwise',
  bn2: 'depthwise',
  conv_pwl: 'project',
  bn3: 'project',
};

/** Matches `blocks.3.1.bn2.running_var`. */
const timmName = /^blocks\.(\d+)\.(\d+)\.(\w+)\.(\w+)$/;

/**
 * Renames tensors of a file of timm (PyTorch Image Models), an EfficientNet-Lite0 or a MobileNetV2, to the network's
 * names. Names that are the network's already, and those of layers that it lacks, stay.
 * @param known the names of the network's weights
 */
export function renameTimm<T>(
  tensors: Readonly<Record<string, T>>,
  known: ReadonlySet<string>,
): Readonly<Record<string, T>> {
  const layout = [efficientnetLite0, mobilenetv2].find(({ mark }) => known.has(mark));
  if (!layout) return tensors;
  return Object.fromEntries(
    Object.entries(tensors).map(([name, tensor]) => [timmToNetwork(name, layout) ?? name, tensor]),
  );
}

function timmToNetwork(name: string, { repeats, stem, layer }: Layout): string | undefined {
  const [top, ...rest] = name.split('.');
  if (top === 'conv_stem' && rest.length === 1) return `${stem.filter}.${rest[0]}`;
  if (top === 'bn1' && rest.length === 1) return `${stem.norm}.${rest[0]}`;
  const [, stage, repeat, module = '', value] = timmName.exec(name) ?? [];
  if (stage === undefined || Number(repeat) >= (repeats[Number(stage)] ?? 0)) return undefined;
  const block = repeats.slice(0, Number(stage)).reduce((sum, count) => sum + count, Number(repeat));
  const parts = block === 0 ? firstParts : otherParts;
  if (!Object.hasOwn(parts, module)) return undefined;
  return `${layer(block, parts[module]!, module.startsWith('bn'))}.${value}`;
}
