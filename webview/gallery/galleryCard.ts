import * as l10n from '@vscode/l10n';
import { element } from '../common/dom';
import { countRegions } from '../common/numberFormat';
import { classNames, classSwatches, factsOf, nameElement, problemMark, uncertaintyText } from '../list/imageFacts';
import type { ListedCell } from '../list/imageListbox';
import { statusMark, statusNames } from '../list/statusTexts';
import type { CellLayout } from '../list/virtualCells';
import type { Thumbnail } from './thumbnails';

/** Explains the uncertainty on a card. */
const uncertaintyHelp = l10n.t(
  'How much the mask would change with its granularity, on average over the slider. Of a high one more is wrong, as a rule: look at it first. What was made by hand counts as certain.',
);
/** Explains why a card has no uncertainty. */
const unknownHelp = l10n.t(
  'Masks of an adapted network, of shared labels, imported, or made by hand alone have no granularity to tell it by. They come behind the others.',
);

/** The least width of a card, the space around its picture on both sides, and that of its texts, in CSS pixels. */
const [leastWidth, around, texts] = [200, 24, 52];

/** Cards of one size fill the width; their pictures' frames are 4 by 3. `gallery.css` has the same. */
export function cardsAt(width: number): CellLayout {
  const columns = Math.max(1, Math.floor(width / leastWidth));
  return { columns, height: Math.round((3 / 4) * (width / columns - around)) + around + texts };
}

/** Makes the card of an image: its picture, status, name, number of regions, uncertainty and classes. */
export function imageCard({ image, classes }: ListedCell, thumbnail: Thumbnail | undefined): HTMLElement {
  const { path, status, problem } = image;
  const facts = factsOf(image, classes);
  const failure = thumbnail && 'message' in thumbnail ? [thumbnail.message] : [];
  return element(
    'div',
    { class: 'cell', title: [...facts, ...failure].join('\n') },
    element(
      'div',
      { class: 'card' },
      element('span', { class: 'frame' }, ...pictureOf(thumbnail)),
      element(
        'span',
        { class: 'line' },
        statusMark(problem === undefined ? status : 'none'),
        nameElement(path),
        ...problemMark(image),
        element('span', { class: 'count' }, failure[0] ?? countOf(image)),
      ),
      element('span', { class: 'line' }, doubtOf(image), classSwatches(image, classes)),
      element('span', { class: 'unseen' }, [statusNames[status], ...classNames(image, classes)].join(', ')),
    ),
  );
}

function pictureOf(thumbnail: Thumbnail | undefined): HTMLElement[] {
  return thumbnail && 'address' in thumbnail ? [element('img', { src: thumbnail.address, alt: '' })] : [];
}

function countOf({ status, labels }: ListedCell['image']): string {
  return status === 'none' ? l10n.t('No mask yet') : countRegions(labels);
}

function doubtOf({ status, uncertainty }: ListedCell['image']): HTMLElement {
  if (status === 'none') return element('span', { class: 'doubt' });
  return uncertainty === null
    ? element('span', { class: 'doubt', title: unknownHelp }, l10n.t('Uncertainty not known'))
    : element('span', { class: 'doubt', title: uncertaintyHelp }, uncertaintyText(uncertainty));
}
