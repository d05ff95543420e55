import type { TensorValue } from '../../graph/core/operation';

/** A tensor, or what a file's header says of one. */
interface Shaped extends Pick<TensorValue, 'shape'> {
  readonly data?: TensorValue['data'];
}

/** What is added to a variance (TensorFlow's EfficientNet). */
const epsilon = 1e-3;
const parts = ['weight', 'bias', 'running_mean', 'running_var'] as const;

/**
 * Folds batch normalisations into the convolutions before them: for layers of the network that have a bias, where the
 * file has `LAYER.weight` without bias, followed by `LAYER.norm.…`. Where only shapes are known, so are the results'.
 * @param known the names of the network's weights
 */
export function foldNormalisations<T extends Shaped>(
  tensors: Readonly<Record<string, T>>,
  known: ReadonlySet<string>,
): Readonly<Record<string, T>> {
  const result: Record<string, T> = { ...tensors };
  for (const bias of [...known].filter(name => name.endsWith('.bias'))) {
    const layer = bias.slice(0, -'.bias'.length);
    const [filter, norm] = [tensors[`${layer}.weight`], parts.map(part => tensors[`${layer}.norm.${part}`])];
    if (!filter || !norm.every(part => part !== undefined) || Object.hasOwn(tensors, bias)) continue;
    const folded = fold(filter, norm);
    result[`${layer}.weight`] = folded ? { ...filter, data: folded.filter } : filter;
    result[bias] = folded ? { ...norm[1]!, data: folded.bias } : norm[1]!;
    for (const part of parts) delete result[`${layer}.norm.${part}`];
  }
  return result;
}

/** Computes filter and bias from a filter and scale, shift, mean and variance; undefined where values do not fit. */
function fold(filter: Shaped, norm: readonly Shaped[]): { filter: Float32Array; bias: Float32Array } | undefined {
  const [scale, shift, mean, variance] = norm.map(({ data }) => data);
  const channels = filter.shape[0] ?? 0;
  if (!filter.data || ![scale, shift, mean, variance].every(data => data?.length === channels)) return undefined;
  const gains = Float32Array.from(variance!, (value, i) => scale![i]! / Math.sqrt(value + epsilon));
  const perChannel = filter.data.length / channels;
  return {
    filter: Float32Array.from(filter.data, (value, i) => value * gains[Math.floor(i / perChannel)]!),
    bias: Float32Array.from(shift!, (value, i) => value - mean![i]! * gains[i]!),
  };
}
