import { counted } from '../../common/counted';
import { ignoreLabel } from './classList';
import type { DecodedLabels } from './layout';

/** The number of labels that a line names one by one. */
const mostNamed = 5;

/** Names a label that was found in a label image: a name, a value or a colour. */
export function describeLabel(label: string, { named }: Pick<DecodedLabels, 'named'>): string {
  if (label === '') return 'labels without a name';
  return named ? `label ${JSON.stringify(label)}` : label.startsWith('#') ? `colour ${label}` : `value ${label}`;
}

/** Lists what of a label image is in no class, the most frequent first, with the number of pixels. */
export function describeUnknown(map: Pick<DecodedLabels, 'unknown' | 'named'>): string {
  const labels = [...map.unknown].sort(([, a], [, b]) => b - a);
  const shown = labels
    .slice(0, mostNamed)
    .map(([label, pixels]) => `${counted(pixels, 'pixel')} of the ${describeLabel(label, map)}`);
  return `${shown.join(', ')}${labels.length > mostNamed ? ` and ${labels.length - mostNamed} more` : ''}`;
}

/** Whether any pixel is of a class. */
export function hasClass({ classes }: Pick<DecodedLabels, 'classes'>): boolean {
  return classes.some(index => index !== ignoreLabel);
}
