import '../common/pageTexts';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import * as l10n from '@vscode/l10n';
import { countByStatus, listed, wholeList, type SessionImage } from '../../mask/session/imageList';
import type { SessionClass, SessionHostMessage, SessionPageMessage } from '../../protocol/sessionPage';
import { element } from '../common/dom';
import { countImages, formatWhole } from '../common/numberFormat';
import { ImageListbox } from './imageListbox';
import { ListFilters } from './listFilters';

declare function acquireVsCodeApi(): { postMessage(message: SessionPageMessage): void };

const api = acquireVsCodeApi();
let images: SessionImage[] = [];
let indices = new Map<string, number>();
let classes: ReadonlyMap<number, SessionClass> = new Map();
let current: number | undefined;

const filters = new ListFilters(() => {
  api.postMessage({ type: 'listView', view: filters.view });
  arrange();
});
const listbox = new ImageListbox(path => {
  api.postMessage({ type: 'open', path });
});
const progressText = element('span', { class: 'progress-text' });
const bar = element('span', { class: 'bar' });
const progress = element('div', { class: 'progress', role: 'progressbar', 'aria-label': l10n.t('Approved') }, bar);
const note = element('p', { class: 'note', role: 'status' });
const begin = element('vscode-button', {}, l10n.t('Choose a Folder'));
begin.addEventListener('click', () => {
  api.postMessage({ type: 'labelFolder' });
});
const welcome = element(
  'section',
  { class: 'welcome', hidden: true },
  element(
    'p',
    {},
    l10n.t(
      'Label the images of a folder one after the other: each is segmented before you come to it, and approved or skipped with one key.',
    ),
  ),
  begin,
);
const session = element(
  'section',
  { class: 'session', hidden: true },
  element('div', { class: 'head' }, progressText, progress, filters.element),
  note,
  listbox.element,
);
document.body.append(element('main', {}, element('h1', { class: 'unseen' }, l10n.t('Images')), welcome, session));

function receive(message: SessionHostMessage): void {
  switch (message.type) {
    case 'noSession':
      session.hidden = true;
      welcome.hidden = false;
      break;
    case 'session':
      welcome.hidden = true;
      session.hidden = false;
      showSession(message);
      break;
    case 'changed':
      update(message.images);
      break;
    case 'current':
      current = indices.get(message.path);
      if (current !== undefined) listbox.setCurrent(current);
      break;
  }
}

function showSession(message: Extract<SessionHostMessage, { type: 'session' }>): void {
  images = [...(message.images ?? [])];
  indices = new Map(images.map(({ path }, index) => [path, index]));
  classes = new Map(message.classes.map(one => [one.id, one]));
  current = message.current === null ? undefined : indices.get(message.current);
  filters.show(message.view, message.classes);
  count();
  arrange();
  if (message.images === null) note.textContent = l10n.t('Reading the folder…');
  if (current !== undefined) listbox.setCurrent(current);
}

/** Takes changed images over. Filters and order are applied when the user next sets them, so that no row jumps away. */
function update(changed: readonly SessionImage[]): void {
  for (const image of changed) {
    const index = indices.get(image.path);
    if (index === undefined) continue;
    images[index] = image;
    listbox.update(images, index);
  }
  count();
}

function arrange(): void {
  const order = listed(images, filters.view);
  listbox.show({ images, order, classes, current });
  note.textContent =
    order.length === images.length ? '' : l10n.t('{0} of {1}', formatWhole(order.length), countImages(images.length));
}

function count(): void {
  const counts = countByStatus(images);
  filters.showCounts(counts);
  const [approved, all] = [counts.approved, images.length];
  progressText.textContent = l10n.t('{0} of {1} approved', formatWhole(approved), formatWhole(all));
  progress.setAttribute('aria-valuemax', String(Math.max(1, all)));
  progress.setAttribute('aria-valuenow', String(approved));
  progress.setAttribute('aria-valuetext', progressText.textContent);
  bar.style.width = `${(100 * approved) / Math.max(1, all)}%`;
}

filters.show(wholeList, []);
window.addEventListener('message', ({ data }: MessageEvent<SessionHostMessage>) => {
  receive(data);
});
api.postMessage({ type: 'ready' });
