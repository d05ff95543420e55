import '../common/pageTexts';
import './vscodeElements';
import * as l10n from '@vscode/l10n';
import type { EditRequest } from '../../mask/document/editRequests';
import type { EditorHostMessage } from '../../protocol/editorPage';
import type { PageAction } from '../../protocol/pageActions';
import { Announcer } from '../common/announcer';
import { countRegions } from '../common/numberFormat';
import { makeActions } from './actions';
import { connect } from './hostMessages';
import { Keyboard } from './keyboard';
import { Comparison } from './model/comparison';
import { EditQueue } from './model/editQueue';
import { Names } from './model/labelNames';
import { Labelling } from './model/labelling';
import { readState } from './model/savedState';
import { Visibility } from './model/selection';
import { GranularitySlider } from './panels/bars/granularitySlider';
import { NameMenu, ScribbleBar } from './panels/bars/nameMenus';
import { RunBar } from './panels/bars/runBar';
import { StatusStrip } from './panels/bars/statusStrip';
import { Options } from './panels/bars/toolOptions';
import { ToolStrip } from './panels/bars/toolStrip';
import { Toolbar } from './panels/bars/toolbar';
import { columnNames, CompareBar, sideName } from './panels/comparison/compareBar';
import { ColumnTitles, Divider } from './panels/comparison/comparisonFrame';
import { InfoPanel } from './panels/infoPanel';
import { LabelPanel } from './panels/labels/labelPanel';
import { EmptyState, Hint, ProblemBar } from './panels/notices';
import { buildLayout, Sash } from './panels/pageLayout';
import { BrushSize } from './tools/brushTool';
import { Targets } from './tools/paintTarget';
import { ScribbleLabels, ScribbleTool } from './tools/scribbleTool';
import { offerContextMenu } from './tools/selectionActions';
import { toolLooks } from './tools/tool';
import { Toolbox } from './tools/toolbox';
import { listenForGestures } from './view/gestures';
import { ScribbleLayer } from './view/scribbleLayer';
import { PictureLoader } from './view/shownPicture';
import { Stage } from './view/stage';
import { PixelMarks, ToolOverlay } from './view/stageOverlays';

const layout = buildLayout(document.body);
const host = connect(receive, why => {
  problem.show(l10n.t('Labelless received {0}. Close and reopen this editor.', why));
});
const state = readState(host.kept());
const labelling = new Labelling();
const stage = new Stage(layout.stage, labelling, state, document.body.dataset.renderer === 'canvas');
const announcer = new Announcer(layout.live);
const problem = new ProblemBar(layout.problem);
const hint = new Hint(layout.stage);
const loader = new PictureLoader();
let keeping = 0;

const segment = (): void => {
  problem.clear();
  host.post({ type: 'segment' });
};
const queue = new EditQueue(message => {
  host.post(message);
});
const ask = (edit: EditRequest): void => {
  queue.ask({ request: () => edit });
};
const slider = new GranularitySlider(labelling, granularity => {
  ask({ kind: 'granularity', granularity });
});
const info = new InfoPanel(document.body, stage, labelling, () => {
  host.post({ type: 'info' });
});
const comparison = new Comparison(labelling);
const compareBar = new CompareBar(layout.comparison, comparison, state, {
  choose: () => {
    host.post({ type: 'compareWith' });
  },
  stop: () => {
    host.post({ type: 'stopComparing' });
  },
  arrange: () => {
    showComparison();
    keep();
  },
});
const titles = new ColumnTitles(layout.stage);
const divider = new Divider(layout.stage, share => {
  stage.divide(share);
});
const toolbar = new Toolbar(
  layout.toolbar,
  slider.element,
  { compare: compareBar.button, info: info.button },
  stage,
  state,
  {
    segment,
    look: () => {
      showWhatFits();
      keep();
    },
  },
);
const runBar = new RunBar(layout.runBar, {
  stop: () => {
    host.post({ type: 'stop' });
  },
  cancel: () => {
    host.post({ type: 'cancel' });
  },
});
const begin = (): void => {
  if (stage.picture && !labelling.mask) host.post({ type: 'begin', ...stage.picture.size });
};
const empty = new EmptyState(layout.stage, { segment, begin });
const strip = new StatusStrip(layout.status, stage, labelling);
const labels = new LabelPanel(layout.side, labelling, ask);
const targets = new Targets(labelling);
const names = new Names(labelling, queue);
const scribbleLabels = new ScribbleLabels(labelling, names);
const brush = new BrushSize(state.brush);
const desk = {
  stage,
  labelling,
  queue,
  targets,
  overlay: new ToolOverlay(layout.stage, stage),
  refuse: (why: string) => {
    hint.show(why);
  },
};
const toolbox = new Toolbox(
  desk,
  brush,
  new ScribbleTool(desk, brush, scribbleLabels, new ScribbleLayer(layout.stage, stage, labelling)),
);
const marks = new PixelMarks(layout.stage, stage);
const clearScribbles = (): void => {
  queue.ask({ request: allScribbles });
};
const scribbleBar = new ScribbleBar(scribbleLabels, labelling, {
  segment: () => {
    problem.clear();
    queue.ask({
      request: () => {
        host.post({ type: 'segmentScribbles' });
        return null;
      },
    });
  },
  clear: clearScribbles,
});
new ToolStrip(layout.tools, toolbox);
const nameMenu = new NameMenu(names, labelling);
layout.side.append(nameMenu.completions);
new Options(layout.options, toolbox, targets, brush, labelling, scribbleBar.element, nameMenu.element, action => {
  perform(`labels.${action}`);
});
new Sash(layout.sash, layout.side, state.listWidth, width => {
  state.listWidth = width;
  keep();
});

const actions = makeActions({
  desk,
  toolbox,
  state,
  toolbar,
  slider,
  labels,
  names: nameMenu,
  info,
  comparison: compareBar,
  clearScribbles,
  begin,
});
const perform = (action: PageAction): void => {
  hint.clear();
  actions[action]();
};
const keyboard = new Keyboard(stage, layout.stage, toolbox, names, perform);

function receive(message: EditorHostMessage): void {
  switch (message.type) {
    case 'picture':
      loader.load(message.name, message.bytes, message.mime, stage.renderer.maximumSize);
      break;
    case 'regions':
      labelling.setRegions(message);
      break;
    case 'compare':
      comparison.set(message.against);
      break;
    case 'info':
      info.set(message);
      break;
    case 'hierarchy':
      labelling.setHierarchy(message.hierarchy, message.reason);
      break;
    case 'patch':
      labelling.changeRegions({ ...message, after: message.ids });
      break;
    case 'names':
      names.set(message.names);
      break;
    case 'answer':
      queue.answered(message.id);
      break;
    case 'mask':
      labelling.setMask(message.mask);
      restoreHidden();
      break;
    case 'run':
      if (labelling.running && !message.run) announcer.say(l10n.t('Segmentation ended: {0}', regionsShown()));
      labelling.running = message.run !== null;
      runBar.show(message.run);
      break;
    case 'act':
      perform(message.action);
      break;
    case 'keys':
      keyboard.single = message.single;
      break;
    case 'problem':
      labelling.endSlide();
      problem.show(message.message);
      break;
  }
  showWhatFits();
}

function showWhatFits(): void {
  toolbar.showRun(labelling.mask !== null, labelling.running);
  empty.show(stage.picture !== null && labelling.mask === null && !labelling.running);
  layout.side.hidden = layout.sash.hidden = !state.list || labelling.mask === null;
  layout.tools.hidden = layout.options.hidden = labelling.mask === null;
}

function showComparison(): void {
  const { layer } = comparison;
  const columns = layer && state.compare === 'columns' ? columnNames(comparison) : null;
  stage.compare(layer);
  stage.arrange(columns?.length ?? 1);
  titles.show(columns);
  divider.show(layer && !columns ? { left: sideName(comparison), right: l10n.t('Mask') } : null);
}

/** Hidden labels of before a reload, once the same regions are there again. */
function restoreHidden(): void {
  if (state.regions !== labelling.regions?.count || !labelling.visibility.showsAll) return;
  labelling.setVisibility(new Visibility(new Set(state.hidden), state.isolated));
  state.regions = 0;
}

/** A request to delete all scribbles; none where there are none. */
function allScribbles(): EditRequest | null {
  const indices = (labelling.mask?.scribbles ?? []).map((_, at) => at);
  return indices.length > 0 ? { kind: 'unscribble', indices } : null;
}

function regionsShown(): string {
  return labelling.mask ? countRegions(labelling.mask.labels.length) : l10n.t('no mask');
}

/** Keeps the page's look for a reload, at most once a frame. */
function keep(): void {
  cancelAnimationFrame(keeping);
  keeping = requestAnimationFrame(() => {
    const { hidden, isolated } = labelling.visibility;
    host.keep({ ...state, hidden: [...hidden], isolated, regions: labelling.regions?.count ?? 0 });
  });
}

loader.loaded.listen(picture => {
  stage.setPicture(picture);
  layout.stage.setAttribute('aria-label', l10n.t('Picture {0}', picture.name));
  strip.showSize();
  info.forget();
  showWhatFits();
});
loader.failed.listen(why => {
  problem.show(why);
});
comparison.changed.listen(showComparison);
stage.viewChanged.listen(keep);
labelling.lookChanged.listen(keep);
labelling.maskChanged.listen(() => {
  hint.clear();
  // previews would never let a screen reader finish
  if (labelling.mask && !labelling.running) announcer.say(regionsShown());
});
brush.changed.listen(() => {
  state.brush = brush.value;
  keep();
});
toolbox.changed.listen(() => {
  layout.stage.dataset.tool = toolbox.name;
  const { title, hint } = toolLooks.find(look => look.name === toolbox.name)!;
  announcer.say(`${title}. ${hint}`);
});
listenForGestures(
  layout.stage,
  toolbox.gestures(at => {
    const pixel = at && stage.pictureAt(at);
    marks.show(pixel);
    if (pixel) strip.show(pixel.x, pixel.y);
    else strip.clear();
  }),
);
offerContextMenu(desk, layout.stage, labels.list, target => labels.labelAt(target));

showWhatFits();
host.post({ type: 'ready' });
