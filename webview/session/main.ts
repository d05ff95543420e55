import '../common/pageTexts';
import '../common/iconStyles';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import * as l10n from '@vscode/l10n';
import type { SessionHostMessage, SessionPageMessage } from '../../protocol/sessionPage';
import { element } from '../common/dom';
import { ListPanel } from '../list/listPanel';
import { imageRow, rowHeight } from './imageRow';
import { LearningBar } from './learningBar';

declare function acquireVsCodeApi(): { postMessage(message: SessionPageMessage): void };

const api = acquireVsCodeApi();
const panel = new ListPanel(
  { layoutAt: () => ({ columns: 1, height: rowHeight }), draw: imageRow },
  {
    open: path => {
      api.postMessage({ type: 'open', path });
    },
    setView: view => {
      api.postMessage({ type: 'listView', view });
    },
  },
);
const learning = new LearningBar(action => {
  api.postMessage({ type: 'learning', action });
});
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
  element('div', { class: 'head' }, ...panel.progress.elements, panel.filters.element),
  learning.element,
  panel.progress.note,
  panel.listbox.element,
);
document.body.append(element('main', {}, element('h1', { class: 'unseen' }, l10n.t('Images')), welcome, session));

function receive(message: SessionHostMessage): void {
  const isNone = message.type === 'noSession';
  if (isNone || message.type === 'list') {
    session.hidden = isNone;
    welcome.hidden = !isNone;
  }
  if (message.type === 'learning') learning.show(message.learning);
  else if (message.type !== 'noSession') panel.receive(message);
}

window.addEventListener('message', ({ data }: MessageEvent<SessionHostMessage>) => {
  receive(data);
});
api.postMessage({ type: 'ready' });
