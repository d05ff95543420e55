const blocks = '▁▂▃▄▅▆▇█';

/**
 * Values as a curve of at most `width` characters, from the lowest to the highest of them; each stands for the mean of
 * its share.
 */
export function sparkline(values: readonly number[], width: number): string {
  const count = Math.min(width, values.length);
  const means = Array.from({ length: count }, (_, index) => {
    const share = values.slice(
      Math.floor((index * values.length) / count),
      Math.floor(((index + 1) * values.length) / count),
    );
    return share.reduce((sum, value) => sum + value, 0) / share.length;
  });
  const [low, high] = [Math.min(...means), Math.max(...means)];
  return means
    .map(mean => blocks[high > low ? Math.round(((mean - low) / (high - low)) * (blocks.length - 1)) : 0])
    .join('');
}
