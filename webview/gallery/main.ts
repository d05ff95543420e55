import type { GalleryHostMessage, GalleryPageMessage } from '../../protocol/gallery';
import { element } from '../dom';
import { formatCount } from '../model/format';
import { Card } from './card';
import { ordered, orders, type Order } from './order';

declare function acquireVsCodeApi(): { postMessage(message: GalleryPageMessage): void; getState(): unknown; setState(state: unknown): void };

const api = acquireVsCodeApi();
const titles: Record<Order, string> = { name: 'Name', fewest: 'Fewest Regions', most: 'Most Regions' };
const choice = element('select', { 'aria-label': 'Order' }, ...orders.map(order => element('option', { value: order }, titles[order])));
const progress = element('output', { class: 'progress' });
const list = element('ul', { class: 'cards', 'aria-label': 'Images' });
document.body.append(element('header', {}, element('h1', {}, 'Results'), progress, element('label', {}, 'Order by ', choice)), element('main', {}, list));

let cards: Card[] = [];
let done = 0;
choice.value = orders.find(order => order === api.getState()) ?? 'name';

function receive(message: GalleryHostMessage): void {
  switch (message.type) {
    case 'images':
      for (const card of cards) card.dispose();
      cards = message.names.map((name, index) => new Card(name, () => { api.postMessage({ type: 'open', index }); }));
      done = 0;
      break;
    case 'result':
      cards.at(message.index)?.show(message.bytes, message.regions);
      done++;
      break;
    case 'failed':
      cards.at(message.index)?.fail(message.message);
      done++;
      break;
  }
  progress.textContent = done < cards.length ? `${done} of ${formatCount(cards.length, 'image')}` : formatCount(cards.length, 'image');
  arrange();
}

/** Puts the cards in order, moving none that is where it belongs: what has the focus keeps it. */
function arrange(): void {
  const wanted = ordered(cards, choice.value as Order).map(card => card.element);
  if (wanted.length === list.children.length && wanted.every((one, at) => list.children[at] === one)) return;
  const focused = document.activeElement;
  list.replaceChildren(...wanted);
  if (focused instanceof HTMLElement && list.contains(focused)) focused.focus();
}

choice.addEventListener('change', () => {
  api.setState(choice.value);
  arrange();
});
window.addEventListener('message', ({ data }: MessageEvent<GalleryHostMessage>) => { receive(data); });
api.postMessage({ type: 'ready' });
