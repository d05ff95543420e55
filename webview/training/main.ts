import '../common/pageTexts';
import '../common/iconStyles';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-progress-bar/index.js';
import * as l10n from '@vscode/l10n';
import type { ClassInfo } from '../../mask/classes/classInfo';
import type { TrainingHostMessage, TrainingPageMessage } from '../../protocol/trainingPage';
import type { TrainingPoint } from '../../protocol/trainingPoint';
import type { TrainingRun } from '../../protocol/trainingRun';
import { element } from '../common/dom';
import { formatDecimal } from '../common/numberFormat';
import { Announcer, ProblemBar } from '../common/announcements';
import { Chart } from './curveChart';
import { RunHeading, stateText } from './runHeading';
import { joinPoints, lossCurves, scoreCurves } from './trainingCurves';
import { ClassTable, PredictionGallery } from './trainingResults';

declare function acquireVsCodeApi(): {
  postMessage(message: TrainingPageMessage): void;
  setState(state: unknown): void;
};

const api = acquireVsCodeApi();
let run: TrainingRun | undefined;
let classes: ClassInfo[] = [];
let points: TrainingPoint[] = [];
let busy: string | null = null;

const problemPlace = element('div', { class: 'problem', hidden: true, role: 'alert' });
const live = element('div', { class: 'unseen', 'aria-live': 'polite' });
const work = element('p', { class: 'work', role: 'status', hidden: true });
const messages = element('ul', { class: 'messages', hidden: true, 'aria-label': l10n.t('Messages of the run') });
const problem = new ProblemBar(problemPlace);
const announcer = new Announcer(live);
const heading = new RunHeading(action => {
  problem.clear();
  api.postMessage({ type: 'action', action });
});
const losses = new Chart(l10n.t('Losses'));
const scores = {
  evaluation: new Chart(l10n.t('On labelled target pictures'), [0, 1]),
  heldOut: new Chart(l10n.t('On held-out source pictures'), [0, 1]),
};
const table = new ClassTable();
const predictions = new PredictionGallery();
document.body.append(
  heading.element,
  problemPlace,
  work,
  element(
    'main',
    {},
    losses.element,
    scores.evaluation.element,
    scores.heldOut.element,
    predictions.element,
    table.element,
    messages,
  ),
  live,
);

function receive(message: TrainingHostMessage): void {
  switch (message.type) {
    case 'contents':
      ({ run, classes, points } = message);
      api.setState({ folder: run.folder });
      break;
    case 'news':
      if (run?.state !== message.run.state) announcer.announce(`${message.run.name}: ${stateText(message.run)}`);
      run = message.run;
      points = joinPoints(points, message.points);
      addMessages(message.messages);
      break;
    case 'picture':
      predictions.showPicture(message.picture, message.bytes);
      return;
    case 'prediction':
      predictions.showAnswer(message.picture, message.step, message.bytes);
      return;
    case 'evaluation':
      table.show(message.result.classes, message.result.perClass, message.result.of);
      announcer.announce(`mIoU ${formatDecimal(message.result.mIoU, 3)}`);
      return;
    case 'busy':
      busy = message.what;
      break;
    case 'problem':
      problem.show(message.message);
      break;
  }
  draw();
}

function draw(): void {
  work.hidden = busy === null;
  work.textContent = busy ?? '';
  if (!run) return;
  heading.show(run, busy !== null);
  losses.show(
    points.map(({ step }) => step),
    lossCurves(points),
  );
  for (const kind of ['evaluation', 'heldOut'] as const) {
    const { steps, curves } = scoreCurves(points, kind);
    scores[kind].show(steps, curves);
  }
  showClasses(run);
}

/** Shows the scores on the target by class, or those of the network in use on held-out source pictures. */
function showClasses({ best }: TrainingRun): void {
  const target = points.findLast(({ evaluation }) => evaluation)?.evaluation;
  const heldOut = points.findLast(point => point.heldOut && point.step === (best?.step ?? point.step))?.heldOut;
  table.show(classes, (target ?? heldOut)?.perClass, target ? 'target' : 'heldOut');
}

function addMessages(lines: readonly string[]): void {
  messages.append(...lines.map(line => element('li', {}, line)));
  while (messages.childElementCount > 50) messages.firstElementChild?.remove();
  messages.hidden = messages.childElementCount === 0;
}

window.addEventListener('message', ({ data }: MessageEvent<TrainingHostMessage>) => {
  receive(data);
});
// VS Code changes the body's class with the theme.
new MutationObserver(() => {
  losses.rebuild();
  scores.evaluation.rebuild();
  scores.heldOut.rebuild();
}).observe(document.body, { attributes: true, attributeFilter: ['class'] });
api.postMessage({ type: 'ready' });
