import * as l10n from '@vscode/l10n';
import type { SessionImage } from '../../mask/session/imageList';
import type { ListedClass } from '../../protocol/imageListPage';
import { element } from '../common/dom';
import { formatShare } from '../common/numberFormat';
import { statusNames } from './statusTexts';

/** The maximum number of classes that an image shows by their colours. */
const maxSwatches = 4;

/** All that a list tells of an image, in words. */
export function factsOf(image: SessionImage, classes: ReadonlyMap<number, ListedClass>): string[] {
  const { path, status, uncertainty, problem } = image;
  const doubt = uncertainty === null ? [] : [uncertaintyText(uncertainty)];
  return [
    path,
    statusNames[status],
    ...classNames(image, classes),
    ...doubt,
    ...(problem === undefined ? [] : [problem]),
  ];
}

/** The names of an image's classes. */
export function classNames({ classes: ids }: SessionImage, classes: ReadonlyMap<number, ListedClass>): string[] {
  return ids.map(id => classes.get(id)?.name ?? l10n.t('class {0}', id));
}

/** `Uncertainty 12 %` */
export function uncertaintyText(uncertainty: number): string {
  return l10n.t('Uncertainty {0}', formatShare(uncertainty, 1));
}

/** An image's name, with the folder before it where it is in one of the list's folders. */
export function nameElement(path: string): HTMLElement {
  const folder = path.lastIndexOf('/') + 1;
  return element(
    'span',
    { class: 'name' },
    ...(folder > 0 ? [element('span', { class: 'folder' }, path.slice(0, folder))] : []),
    path.slice(folder),
  );
}

/** A sign that something is wrong with a mask; nothing where all is well. */
export function problemMark({ problem }: SessionImage): HTMLElement[] {
  return problem === undefined ? [] : [element('span', { class: 'codicon codicon-warning', 'aria-hidden': 'true' })];
}

/** The classes of an image by their colours. */
export function classSwatches({ classes: ids }: SessionImage, classes: ReadonlyMap<number, ListedClass>): HTMLElement {
  const known = ids.flatMap(id => classes.get(id) ?? []);
  const shown = known.slice(0, maxSwatches).map(({ colour }) => {
    const swatch = element('span', { class: 'swatch' });
    swatch.style.background = colour;
    return swatch;
  });
  const more = known.length > maxSwatches ? [element('span', { class: 'more' }, `+${known.length - maxSwatches}`)] : [];
  return element('span', { class: 'classes' }, ...shown, ...more);
}
