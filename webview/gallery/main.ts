import '../common/pageTexts';
import * as l10n from '@vscode/l10n';
import type { GalleryHostMessage, GalleryPageMessage } from '../../protocol/galleryPage';
import { element } from '../common/dom';
import { countImages } from '../common/numberFormat';
import { GalleryCard, uncertaintyHelp } from './galleryCard';
import { savedOrder, sortItems, orders, type GalleryState, type Order } from './galleryOrder';

declare function acquireVsCodeApi(): {
  postMessage(message: GalleryPageMessage): void;
  getState(): unknown;
  setState(state: GalleryState): void;
};

const api = acquireVsCodeApi();
const titles: Record<Order, string> = {
  name: l10n.t('Name'),
  uncertain: l10n.t('Most Uncertain'),
  fewest: l10n.t('Fewest Regions'),
  most: l10n.t('Most Regions'),
};
const choice = element(
  'select',
  { 'aria-label': l10n.t('Order') },
  ...orders.map(order =>
    element('option', { value: order, title: order === 'uncertain' && uncertaintyHelp }, titles[order]),
  ),
);
const progress = element('output', { class: 'progress' });
const notice = element('p', { class: 'notice', role: 'status', hidden: true });
const list = element('ul', { class: 'cards', 'aria-label': l10n.t('Images') });
document.body.append(
  element(
    'header',
    {},
    element('h1', {}, l10n.t('Results')),
    progress,
    element('label', {}, l10n.t('Order by'), ' ', choice),
  ),
  element('main', {}, notice, list),
);

let cards: GalleryCard[] = [];
let images: string[] = [];
let done = 0;
choice.value = savedOrder(api.getState());

function receive(message: GalleryHostMessage): void {
  switch (message.type) {
    case 'images':
      for (const card of cards) card.dispose();
      cards = message.images.map(
        ({ name }, index) =>
          new GalleryCard(name, () => {
            api.postMessage({ type: 'open', index });
          }),
      );
      images = message.images.map(({ uri }) => uri);
      notice.textContent = message.notice ?? '';
      notice.hidden = message.notice === null;
      done = 0;
      keep();
      break;
    case 'result':
      cards.at(message.index)?.show(message);
      done++;
      break;
    case 'failed':
      cards.at(message.index)?.fail(message.message);
      done++;
      break;
  }
  progress.textContent =
    done < cards.length ? l10n.t('{0} of {1}', done, countImages(cards.length)) : countImages(cards.length);
  arrange();
}

/** Puts the cards in order. The focused card keeps the focus. */
function arrange(): void {
  const sorted = sortItems(cards, choice.value as Order).map(card => card.element);
  if (sorted.length === list.children.length && sorted.every((card, at) => list.children[at] === card)) return;
  const focused = document.activeElement;
  list.replaceChildren(...sorted);
  if (focused instanceof HTMLElement && list.contains(focused)) focused.focus();
}

function keep(): void {
  api.setState({ order: choice.value as Order, images });
}

choice.addEventListener('change', () => {
  keep();
  arrange();
});
window.addEventListener('message', ({ data }: MessageEvent<GalleryHostMessage>) => {
  receive(data);
});
api.postMessage({ type: 'ready' });
