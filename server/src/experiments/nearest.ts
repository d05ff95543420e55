import { distance } from 'fastest-levenshtein';

/** The one of `names` that was probably meant; undefined where none is near. */
export function nearest(written: string, names: readonly string[]): string | undefined {
  const plain = (name: string) => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  const away = (name: string) => distance(plain(written), plain(name));
  const [best] = [...names].sort((a, b) => away(a) - away(b));
  return (best as string | undefined) !== undefined && away(best) <= Math.max(1, Math.floor(best.length / 3))
    ? best
    : undefined;
}
