import '../common/pageTexts';
import * as l10n from '@vscode/l10n';
import type { GalleryHostMessage, GalleryPageMessage, GallerySource, GalleryState } from '../../protocol/galleryPage';
import { element } from '../common/dom';
import { ListPanel } from '../list/listPanel';
import { cardsAt, imageCard } from './galleryCard';
import { Thumbnails } from './thumbnails';

declare function acquireVsCodeApi(): {
  postMessage(message: GalleryPageMessage): void;
  setState(state: GalleryState): void;
};

const api = acquireVsCodeApi();
let source: GallerySource | undefined;

const thumbnails: Thumbnails = new Thumbnails(
  () => panel.listbox.inSight.map(({ path }) => path),
  paths => {
    api.postMessage({ type: 'inSight', paths });
  },
);
const panel: ListPanel = new ListPanel(
  {
    layoutAt: cardsAt,
    draw: cell => {
      thumbnails.look();
      return imageCard(cell, thumbnails.get(cell.image.path));
    },
  },
  {
    open: path => {
      api.postMessage({ type: 'open', path });
    },
    setView: view => {
      api.postMessage({ type: 'listView', view });
      keep();
    },
  },
);
const title = element('h1');
const notice = element('p', { class: 'notice', role: 'status', hidden: true });
document.body.append(
  element(
    'header',
    {},
    title,
    element('div', { class: 'approval' }, ...panel.progress.elements),
    panel.filters.element,
  ),
  element('main', {}, notice, panel.progress.note, panel.listbox.element),
);

function receive(message: GalleryHostMessage): void {
  switch (message.type) {
    case 'gallery':
      source = message.source;
      title.textContent = source === 'session' ? l10n.t('Gallery') : l10n.t('Results');
      notice.textContent = message.notice ?? '';
      notice.hidden = message.notice === null;
      thumbnails.clear();
      break;
    case 'moreSource':
      if (source !== 'session') source = [...(source ?? []), ...message.source];
      break;
    case 'thumbnail': {
      const blob = new Blob([message.bytes as Uint8Array<ArrayBuffer>], { type: message.mime });
      thumbnails.set(message.path, { address: URL.createObjectURL(blob) });
      redraw(message.path);
      break;
    }
    case 'failed':
      thumbnails.set(message.path, { message: message.message });
      redraw(message.path);
      break;
    case 'changed':
      panel.receive(message);
      thumbnails.renew(message.images.map(({ path }) => path));
      break;
    case 'list':
    case 'more':
    case 'classes':
    case 'view':
    case 'current':
      panel.receive(message);
  }
  keep();
}

function keep(): void {
  if (source !== undefined) api.setState({ source, view: panel.filters.view });
}

function redraw(path: string): void {
  const index = panel.list.indexOf(path);
  if (index !== undefined) panel.listbox.redraw(index);
}

window.addEventListener('message', ({ data }: MessageEvent<GalleryHostMessage>) => {
  receive(data);
});
api.postMessage({ type: 'ready' });
