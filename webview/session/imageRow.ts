import * as l10n from '@vscode/l10n';
import type { SessionImage } from '../../mask/session/imageList';
import type { SessionClass } from '../../protocol/sessionPage';
import { element } from '../common/dom';
import { formatShare } from '../common/numberFormat';
import { statusMark, statusNames } from './statusTexts';

/** The maximum number of classes that a row shows by their colours. */
const maxSwatches = 4;

/** The height of a row in CSS pixels; `session.css` has the same. */
export const rowHeight = 24;

/** Where a row is in the list. */
export interface RowPlace {
  readonly index: number;
  readonly count: number;
  readonly isActive: boolean;
  readonly isCurrent: boolean;
}

/** Makes the row of an image: its status, name, classes and uncertainty. */
export function imageRow(
  image: SessionImage,
  classes: ReadonlyMap<number, SessionClass>,
  { index, count, isActive, isCurrent }: RowPlace,
): HTMLElement {
  const { path, status, uncertainty, problem } = image;
  const classNames = image.classes.map(id => classes.get(id)?.name ?? l10n.t('class {0}', id));
  const doubt = uncertainty === null ? [] : [l10n.t('Uncertainty {0}', formatShare(uncertainty, 1))];
  const facts = [path, statusNames[status], ...classNames, ...doubt, ...(problem === undefined ? [] : [problem])];
  const folder = path.lastIndexOf('/') + 1;
  return element(
    'div',
    {
      class: `row${isActive ? ' active' : ''}`,
      role: 'option',
      id: rowId(index),
      'aria-selected': String(isCurrent),
      'aria-label': facts.join(', '),
      'aria-posinset': index + 1,
      'aria-setsize': count,
      title: facts.join('\n'),
    },
    statusMark(problem === undefined ? status : 'none'),
    element(
      'span',
      { class: 'name' },
      ...(folder > 0 ? [element('span', { class: 'folder' }, path.slice(0, folder))] : []),
      path.slice(folder),
    ),
    ...(problem === undefined ? [] : [element('span', { class: 'codicon codicon-warning', 'aria-hidden': 'true' })]),
    swatches(image, classes),
    ...(uncertainty === null ? [element('span', { class: 'doubt' })] : [doubtBar(uncertainty)]),
  );
}

/** The id of the row of an index. */
export function rowId(index: number): string {
  return `row-${index}`;
}

function swatches({ classes: ids }: SessionImage, classes: ReadonlyMap<number, SessionClass>): HTMLElement {
  const known = ids.flatMap(id => classes.get(id) ?? []);
  const shown = known.slice(0, maxSwatches).map(({ colour }) => {
    const swatch = element('span', { class: 'swatch' });
    swatch.style.background = colour;
    return swatch;
  });
  const more = known.length > maxSwatches ? [element('span', { class: 'more' }, `+${known.length - maxSwatches}`)] : [];
  return element('span', { class: 'classes' }, ...shown, ...more);
}

/** How uncertain a mask is, as a bar. */
function doubtBar(uncertainty: number): HTMLElement {
  const bar = element('span', { class: 'bar' });
  bar.style.width = `${100 * uncertainty}%`;
  return element('span', { class: 'doubt known' }, bar);
}
