/** Names of a block's convolutions in the source, and of the norms that follow them, by their names here. */
const parts = { _expand_conv: 'expand', _depthwise_conv: 'depthwise', _project_conv: 'project' } as const;
const norms = { _bn0: 'expand', _bn1: 'depthwise', _bn2: 'project' } as const;

/** Matches `_blocks.3._bn1.running_mean`. */
const blockName = /^_blocks\.(\d+)\.(_[a-z_0-9]+)\.([a-z_]+)$/;

/**
 * The name here of a tensor of EfficientNet-PyTorch's layout, or nothing for what is left out: the head, whose layers
 * only tell ImageNet's classes apart, and counters.
 */
export function encoderName(name: string): string | undefined {
  if (name.endsWith('.num_batches_tracked')) return undefined;
  if (name === '_conv_stem.weight') return 'encoder.stem.weight';
  if (name.startsWith('_bn0.')) return `encoder.stem.norm.${name.slice('_bn0.'.length)}`;
  const [, block, layer, part] = blockName.exec(name) ?? [];
  if (block === undefined || layer === undefined) return undefined;
  if (Object.hasOwn(parts, layer)) return `encoder.blocks.${block}.${parts[layer as keyof typeof parts]}.${part}`;
  if (Object.hasOwn(norms, layer)) return `encoder.blocks.${block}.${norms[layer as keyof typeof norms]}.norm.${part}`;
  return undefined;
}
