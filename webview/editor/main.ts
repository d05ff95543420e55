import '../common/pageTexts';
import '../common/iconStyles';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-progress-bar/index.js';
import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import '@vscode-elements/elements/dist/vscode-toolbar-button/index.js';
import * as l10n from '@vscode/l10n';
import type { PageAction } from '../../protocol/pageActions';
import { Announcer, ProblemBar } from '../common/announcements';
import { makeActions } from './actions';
import { EditorPanels } from './editorPanels';
import { countShownRegions, handleHostMessage } from './hostMessageHandler';
import { connect } from './hostMessages';
import { HostRequests } from './hostRequests';
import { Keyboard } from './keyboard';
import { Classes } from './model/classes';
import { Comparison } from './model/comparison';
import { EditQueue } from './model/editQueue';
import { LabelNames, ScribbleLabels } from './model/labelNames';
import { Labelling } from './model/labelling';
import { Outline } from './model/outline';
import { readState, StateKeeper } from './model/savedState';
import { buildLayout } from './panels/pageLayout';
import { StageHint } from './panels/segmentationNotices';
import { BrushSize } from './tools/brushTool';
import { OutlineTool } from './tools/outlineTool';
import { PaintTargets } from './tools/paintTarget';
import { ScribbleTool } from './tools/scribbleTool';
import { attachContextMenu } from './tools/selectionActions';
import { toolDescriptions } from './tools/tool';
import { Toolbox } from './tools/toolbox';
import { listenForGestures } from './view/gestures';
import { ScribbleLayer } from './view/scribbleLayer';
import { PreviewLayer } from './view/previewLayer';
import { PictureLoader } from './view/shownPicture';
import { Stage } from './view/stage';
import { PixelMarks, ToolOverlay } from './view/stageOverlays';

const layout = buildLayout(document.body);
const announcer = new Announcer(layout.live);
const problem = new ProblemBar(layout.problem);
const hint = new StageHint(layout.stage);
const host = connect(
  message => {
    handleHostMessage(message, messageTargets);
  },
  reason => {
    problem.show(l10n.t('Labelless received {0}. Close and reopen this editor.', reason));
  },
);

// The model, and the picture on the stage.
const state = readState(host.savedState());
const labelling = new Labelling();
const keeper = new StateKeeper(state, labelling, saved => {
  host.saveState(saved);
});
const queue = new EditQueue(message => {
  host.post(message);
});
const classes = new Classes(labelling, queue);
const names = new LabelNames(labelling, queue, classes);
const scribbleLabels = new ScribbleLabels(labelling, names);
const comparison = new Comparison(labelling);
const loader = new PictureLoader();
const stage = new Stage(layout.stage, labelling, state, document.body.dataset.renderer === 'canvas');
const requests = new HostRequests(host, queue, labelling, stage, problem);

// Tools, panels and actions.
const brush = new BrushSize(state.brush);
const preview = new PreviewLayer(layout.stage, stage, labelling);
const context = {
  stage,
  labelling,
  queue,
  targets: new PaintTargets(labelling, classes),
  overlay: new ToolOverlay(layout.stage, stage),
  showHint: (reason: string) => {
    hint.show(reason);
  },
  announce: (text: string) => {
    announcer.announce(text);
  },
};
const scribbleLayer = new ScribbleLayer(layout.stage, stage, labelling);
const outlineTool = new OutlineTool(context, new Outline(labelling), layout.stage);
const scribbleTool = new ScribbleTool(context, brush, scribbleLabels, scribbleLayer);
const toolbox = new Toolbox(context, brush, scribbleTool, outlineTool, preview);
const marks = new PixelMarks(layout.stage, stage);
const perform = (action: PageAction): void => {
  hint.clear();
  actions[action]();
};
const panels = new EditorPanels({
  layout,
  host,
  requests,
  keeper,
  context,
  toolbox,
  brush,
  outlineTool,
  names,
  classes,
  scribbleLabels,
  comparison,
  announcer,
  perform,
});
const actions = makeActions({ context, toolbox, state, panels, requests });
const keyboard = new Keyboard(stage, layout.stage, toolbox, { names, classes }, perform);
const messageTargets = {
  stage,
  labelling,
  queue,
  names,
  classes,
  comparison,
  keeper,
  loader,
  panels,
  keyboard,
  announcer,
  problem,
  perform,
};

loader.loaded.listen(picture => {
  stage.setPicture(picture);
  layout.stage.setAttribute('aria-label', l10n.t('Picture {0}', picture.name));
  panels.status.showSize();
  panels.info.handleNewPicture();
  panels.update();
  // the frame after the one that is drawn now
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      host.post({ type: 'shown' });
    }),
  );
});
loader.differs.listen(() => {
  host.post({ type: 'pictureDiffers' });
});
loader.failed.listen(reason => {
  problem.show(reason);
  host.post({ type: 'shown' });
});
stage.viewChanged.listen(() => {
  keeper.save();
});
labelling.maskChanged.listen(() => {
  hint.clear();
  // During a segmentation the previews would never let a screen reader finish.
  if (labelling.mask && !labelling.running) announcer.announce(countShownRegions(labelling));
});
brush.changed.listen(() => {
  state.brush = brush.value;
  keeper.save();
});
toolbox.changed.listen(() => {
  layout.stage.dataset.tool = toolbox.name;
  const tool = toolDescriptions.find(description => description.name === toolbox.name);
  if (tool) announcer.announce(`${tool.title}. ${tool.hint}`);
});
listenForGestures(
  layout.stage,
  toolbox.gestures(position => {
    const pixel = position && stage.pictureAt(position);
    marks.show(pixel);
    if (pixel) panels.status.show(pixel.x, pixel.y);
    else panels.status.clear();
  }),
);
attachContextMenu(context, layout.stage, panels.labels.list, target => panels.labels.labelAt(target));

panels.update();
host.begin(state.view);
