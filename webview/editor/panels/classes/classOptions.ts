import * as l10n from '@vscode/l10n';
import type { ClassEntry } from '../../../../mask/classes/classListSchema';
import { element, icon } from '../../../common/dom';
import { countLabels, formatShare } from '../../../common/numberFormat';

/** What the class bar shows of a class besides its entry in the class file. */
export interface OptionState {
  /** The key that gives the class; undefined for none. */
  readonly key: string | undefined;
  /** Number of labels of the class, and of their pixels. */
  readonly labels: number;
  readonly pixels: number;
  /** Number of pixels of the picture. */
  readonly picture: number;
  readonly current: boolean;
}

/** The element of a class in the bar: its key, colour, name, and the number of its labels. */
export function classOption(entry: ClassEntry, { key, labels, pixels, picture, current }: OptionState): HTMLElement {
  const swatch = element('span', { class: 'swatch' });
  swatch.style.background = entry.colour;
  const uses = labels > 0 ? `${countLabels(labels)}, ${formatShare(pixels, picture)}` : countLabels(0);
  const role = entry.background ? l10n.t('background: what has no label belongs to it') : '';
  return element(
    'span',
    {
      class: 'class',
      role: 'option',
      id: optionId(entry.id),
      'data-class': entry.id,
      'aria-selected': String(current),
      'aria-description': [role, uses].filter(Boolean).join(', '),
      ...(key !== undefined && { 'aria-keyshortcuts': key }),
      title: [entry.name, role, uses].filter(Boolean).join('\n'),
    },
    ...(key === undefined ? [] : [element('kbd', { 'aria-hidden': 'true' }, key)]),
    swatch,
    element('span', { class: 'name' }, entry.name),
    ...(labels > 0 ? [element('span', { class: 'uses', 'aria-hidden': 'true' }, String(labels))] : []),
  );
}

/** The element that takes the class from labels. */
export function noClassOption(current: boolean): HTMLElement {
  return element(
    'span',
    {
      class: 'class none',
      role: 'option',
      id: optionId(null),
      'aria-selected': String(current),
      title: l10n.t('Take the class from the selected labels, and make new ones without'),
    },
    icon('circle-slash'),
    element('span', { class: 'name' }, l10n.t('No class')),
  );
}

/** The id of a class's element in the page. */
export function optionId(id: number | null): string {
  return `class-${id ?? 'none'}`;
}
