import type { HostMessage } from '../protocol/editor';
import './components';
import { listenForKeys } from './keyboard';
import { connect } from './messages';
import { formatCount } from './model/format';
import { Labelling } from './model/labelling';
import { Visibility } from './model/visibility';
import { Announcer } from './panels/announcer';
import { GranularitySlider } from './panels/granularity';
import { LabelPanel } from './panels/labelPanel';
import { buildLayout } from './panels/layout';
import { EmptyState, ProblemBar } from './panels/notices';
import { RunBar } from './panels/runBar';
import { Sash } from './panels/sash';
import { StatusStrip } from './panels/statusStrip';
import { Toolbar } from './panels/toolbar';
import { readState } from './savedState';
import { listenForGestures } from './view/gestures';
import { PictureLoader } from './view/picture';
import { Stage } from './view/stage';

const layout = buildLayout(document.body);
const host = connect(receive, why => { problem.show(`Labelless received ${why}. Close and reopen this editor.`); });
const state = readState(host.kept());
const labelling = new Labelling();
const stage = new Stage(layout.stage, labelling, state, document.body.dataset.renderer === 'canvas');
const announcer = new Announcer(layout.live);
const problem = new ProblemBar(layout.problem);
const loader = new PictureLoader();
let running = false;
let keeping = 0;

const segment = (): void => { problem.clear(); host.post({ type: 'segment' }); };
const slider = new GranularitySlider(labelling, granularity => { host.post({ type: 'edit', edit: { kind: 'granularity', granularity } }); });
const toolbar = new Toolbar(layout.toolbar, slider.element, stage, state, { segment, look: () => { showWhatFits(); keep(); } });
const runBar = new RunBar(layout.runBar, { stop: () => { host.post({ type: 'stop' }); }, cancel: () => { host.post({ type: 'cancel' }); } });
const empty = new EmptyState(layout.stage, segment);
const strip = new StatusStrip(layout.status, stage, labelling);
new LabelPanel(layout.side, labelling, edit => { host.post({ type: 'edit', edit }); });
new Sash(layout.sash, layout.side, state.listWidth, width => { state.listWidth = width; keep(); });

function receive(message: HostMessage): void {
  switch (message.type) {
    case 'picture': loader.load(message.name, message.bytes, message.mime, stage.renderer.maximumSize); break;
    case 'regions': labelling.setRegions(message); break;
    case 'hierarchy': labelling.setHierarchy(message.hierarchy, message.reason); break;
    case 'mask': labelling.setMask(message.mask); restoreHidden(); break;
    case 'run':
      if (running && !message.run) announcer.say(`Segmentation ended: ${countRegions()}`);
      running = message.run !== null;
      runBar.show(message.run);
      break;
    case 'problem':
      labelling.endSlide();
      problem.show(message.message);
      break;
  }
  showWhatFits();
}

function showWhatFits(): void {
  toolbar.showRun(labelling.mask !== null, running);
  empty.show(stage.picture !== null && labelling.mask === null && !running);
  layout.side.hidden = layout.sash.hidden = !state.list || labelling.mask === null;
}

/** Hidden labels of before a reload, once the same regions are there again. */
function restoreHidden(): void {
  if (state.regions !== labelling.regions?.count || !labelling.visibility.showsAll) return;
  labelling.setVisibility(new Visibility(new Set(state.hidden), state.isolated));
  state.regions = 0;
}

function countRegions(): string {
  return labelling.mask ? formatCount(labelling.mask.labels.length, 'region') : 'no mask';
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
  layout.stage.setAttribute('aria-label', `Picture ${picture.name}`);
  strip.showSize();
  showWhatFits();
});
loader.failed.listen(why => { problem.show(why); });
stage.viewChanged.listen(keep);
labelling.lookChanged.listen(keep);
labelling.maskChanged.listen(() => {
  if (labelling.mask && !running) announcer.say(countRegions()); // previews would never let a screen reader finish
});
listenForGestures(layout.stage, {
  pan: (dx, dy) => { stage.pan(dx, dy); },
  zoom: (factor, x, y) => { stage.zoom(factor, x, y); },
  hover: (x, y) => {
    const at = stage.pictureAt(x, y);
    stage.hover(at ? groupUnder(at) : 0);
    if (at) strip.show(at.x, at.y, stage.hovered);
    else strip.clear();
  },
  leave: () => { stage.hover(0); strip.clear(); },
  click: (x, y) => {
    const at = stage.pictureAt(x, y);
    const group = at ? groupUnder(at) : 0;
    labelling.select(group === 0 ? null : labelling.grouping?.representative[group] ?? null);
  },
  doubleClick: () => { stage.fit(); },
});
listenForKeys(stage, layout.stage, { granularity: step => { slider.step(step); }, flip: which => { toolbar.flip(which); } });

function groupUnder(at: { x: number; y: number }): number {
  const { width, height } = stage.picture!.size;
  return labelling.groupAt(at.x / width, at.y / height);
}

showWhatFits();
host.post({ type: 'ready' });
