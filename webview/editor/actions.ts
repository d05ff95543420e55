import * as l10n from '@vscode/l10n';
import type { PageAction } from '../../protocol/pageActions';
import type { EditorPanels } from './editorPanels';
import type { HostRequests } from './hostRequests';
import type { Labelling } from './model/labelling';
import type { SavedState } from './model/savedState';
import { Visibility } from './model/selection';
import type { RowActions } from './panels/labels/labelActions';
import { actOnSelection } from './tools/selectionActions';
import type { ToolContext } from './tools/toolContext';
import type { Toolbox } from './tools/toolbox';

/** The parts of the page that the actions work on. */
export interface ActionTargets {
  readonly context: ToolContext;
  readonly toolbox: Toolbox;
  readonly state: SavedState;
  readonly panels: EditorPanels;
  readonly requests: HostRequests;
}

/** The share of the whole slider by which a key changes the granularity. */
const granularityStep = 0.05;
/** The share by which a key changes the opacity. */
const opacityStep = 0.1;

/** Makes a function for each action of the page. */
export function makeActions(targets: ActionTargets): Record<PageAction, () => void> {
  const { context, panels, requests } = targets;
  return {
    ...toolActions(targets),
    ...labelActions(targets),
    ...viewActions(targets),
    'labels.merge': () => {
      actOnSelection('merge', context);
    },
    'labels.split': () => {
      actOnSelection('split', context);
    },
    'labels.finer': () => {
      actOnSelection('finer', context);
    },
    'labels.delete': () => {
      actOnSelection('delete', context);
    },
    'labels.name': () => {
      if (panels.classBar.shown) panels.classBar.focus();
      else panels.nameMenu.focus();
    },
    'granularity.finer': () => {
      panels.slider.step(granularityStep);
    },
    'granularity.coarser': () => {
      panels.slider.step(-granularityStep);
    },
    'scribbles.clear': () => {
      requests.clearScribbles();
    },
    'mask.begin': () => {
      requests.beginMask();
    },
  };
}

function toolActions({ context, toolbox }: ActionTargets) {
  return {
    'tool.select': () => {
      toolbox.activate('select');
    },
    'tool.brush': () => {
      toolbox.activate('brush');
    },
    'tool.eraser': () => {
      toolbox.activate('eraser');
    },
    'tool.polygon': () => {
      toolbox.activate('polygon');
    },
    'tool.outline': () => {
      toolbox.activate('outline');
    },
    'tool.fill': () => {
      toolbox.activate('fill');
    },
    'tool.object': () => {
      toolbox.activate('object');
    },
    'tool.scribble': () => {
      toolbox.activate('scribble');
    },
    'tool.pick': () => {
      toolbox.activate('pick');
    },
    'tool.larger': () => {
      toolbox.adjust(1);
    },
    'tool.smaller': () => {
      toolbox.adjust(-1);
    },
    'labels.new': () => {
      if (!toolbox.tool.paints) toolbox.activate('brush');
      context.targets.mode = 'new';
    },
  };
}

function labelActions({ context, state, panels: { labels, toolbar } }: ActionTargets) {
  const { labelling } = context;
  const onSelected = (action: keyof RowActions) => () => {
    if (!labels.act(action)) context.showHint(l10n.t('Select a label first.'));
  };
  const withList = (act: () => void) => () => {
    if (!state.list) toolbar.toggle('list');
    act();
  };
  return {
    'labels.rename': withList(onSelected('rename')),
    'labels.recolour': withList(onSelected('recolour')),
    'labels.recolourAll': withList(() => {
      labels.recolourAll();
    }),
    'labels.find': withList(() => {
      labels.find();
    }),
    'labels.hide': onSelected('toggleShown'),
    'labels.isolate': onSelected('isolate'),
    'labels.lock': onSelected('toggleLock'),
    'labels.showAll': () => {
      labelling.setVisibility(new Visibility());
    },
    'labels.selectAll': () => {
      labelling.select(allLabels(labelling));
    },
    'labels.deselect': () => {
      labelling.select([]);
    },
  };
}

function allLabels(labelling: Labelling): number[] {
  return (labelling.mask?.labels ?? []).map(label => labelling.representativeOf(label));
}

function viewActions({ context: { stage, labelling }, panels: { toolbar, info, comparison, display } }: ActionTargets) {
  return {
    'view.overlay': () => {
      toolbar.toggleView('overlay');
    },
    'view.outlinesAlone': () => {
      toolbar.toggleView('outlines');
    },
    'view.mask': () => {
      toolbar.toggleView('mask');
    },
    'view.picture': () => {
      toolbar.toggleView('picture');
    },
    'view.outlines': () => {
      toolbar.toggle('outlines');
    },
    'view.unclassified': () => {
      labelling.showUnclassifiedAlone(!labelling.unclassifiedAlone);
    },
    'view.list': () => {
      toolbar.toggle('list');
    },
    'view.moreOpaque': () => {
      toolbar.changeOpacity(opacityStep);
    },
    'view.lessOpaque': () => {
      toolbar.changeOpacity(-opacityStep);
    },
    'view.zoomIn': () => {
      stage.zoom(1.25);
    },
    'view.zoomOut': () => {
      stage.zoom(0.8);
    },
    'view.fit': () => {
      stage.fit();
    },
    'view.actualSize': () => {
      stage.actualSize();
    },
    'view.information': () => {
      info.toggle();
    },
    'view.compareLayout': () => {
      comparison.toggleLayout();
    },
    'view.display': () => {
      display.toggle();
    },
    'view.resetDisplay': () => {
      display.reset();
    },
    'view.nextChannel': () => {
      display.showNextChannel();
    },
  };
}
