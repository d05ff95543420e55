import * as l10n from '@vscode/l10n';
import type { PageAction } from '../../protocol/pageActions';
import type { Labelling } from './model/labelling';
import type { SavedState } from './model/savedState';
import { Visibility } from './model/selection';
import type { GranularitySlider } from './panels/bars/granularitySlider';
import type { NameMenu } from './panels/bars/nameMenus';
import type { Toolbar } from './panels/bars/toolbar';
import type { CompareBar } from './panels/comparison/compareBar';
import type { InfoPanel } from './panels/infoPanel';
import type { LabelActions } from './panels/labels/labelActions';
import type { LabelPanel } from './panels/labels/labelPanel';
import { actOnSelection } from './tools/selectionActions';
import type { Desk } from './tools/toolContext';
import type { Toolbox } from './tools/toolbox';

/** What the actions act on. */
export interface ActionParts {
  readonly desk: Desk;
  readonly toolbox: Toolbox;
  readonly state: SavedState;
  readonly toolbar: Toolbar;
  readonly slider: GranularitySlider;
  readonly labels: LabelPanel;
  readonly names: NameMenu;
  readonly info: InfoPanel;
  readonly comparison: CompareBar;
  clearScribbles(): void;
  /** An empty mask, where there is none. */
  begin(): void;
}

/** A step of granularity, of all there is. */
const granularityStep = 0.05;
const opacityStep = 0.1;

/** What each action of the page does. */
export function makeActions(parts: ActionParts): Record<PageAction, () => void> {
  const { desk, slider, names } = parts;
  return {
    ...toolActions(parts),
    ...labelActions(parts),
    ...viewActions(parts),
    'labels.merge': () => {
      actOnSelection('merge', desk);
    },
    'labels.split': () => {
      actOnSelection('split', desk);
    },
    'labels.finer': () => {
      actOnSelection('finer', desk);
    },
    'labels.delete': () => {
      actOnSelection('delete', desk);
    },
    'labels.name': () => {
      names.focus();
    },
    'granularity.finer': () => {
      slider.step(granularityStep);
    },
    'granularity.coarser': () => {
      slider.step(-granularityStep);
    },
    'scribbles.clear': () => {
      parts.clearScribbles();
    },
    'mask.begin': () => {
      parts.begin();
    },
  };
}

function toolActions({ desk, toolbox }: ActionParts) {
  return {
    'tool.select': () => {
      toolbox.take('select');
    },
    'tool.brush': () => {
      toolbox.take('brush');
    },
    'tool.eraser': () => {
      toolbox.take('eraser');
    },
    'tool.polygon': () => {
      toolbox.take('polygon');
    },
    'tool.fill': () => {
      toolbox.take('fill');
    },
    'tool.grow': () => {
      toolbox.take('grow');
    },
    'tool.scribble': () => {
      toolbox.take('scribble');
    },
    'tool.pick': () => {
      toolbox.take('pick');
    },
    'tool.larger': () => {
      toolbox.adjust(1);
    },
    'tool.smaller': () => {
      toolbox.adjust(-1);
    },
    'labels.new': () => {
      if (!toolbox.tool.paints) toolbox.take('brush');
      desk.targets.mode = 'new';
    },
  };
}

function labelActions({ desk, state, toolbar, labels }: ActionParts) {
  const { labelling } = desk;
  const onSelected = (action: keyof LabelActions) => () => {
    if (!labels.act(action)) desk.refuse(l10n.t('Select a label first.'));
  };
  const inList = (act: () => void) => () => {
    if (!state.list) toolbar.flip('list');
    act();
  };
  return {
    'labels.rename': inList(onSelected('rename')),
    'labels.recolour': inList(onSelected('recolour')),
    'labels.recolourAll': inList(() => {
      labels.recolourAll();
    }),
    'labels.find': inList(() => {
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

function viewActions({ desk: { stage }, toolbar, info, comparison }: ActionParts) {
  return {
    'view.overlay': () => {
      toolbar.look('overlay');
    },
    'view.outlinesAlone': () => {
      toolbar.look('outlines');
    },
    'view.mask': () => {
      toolbar.look('mask');
    },
    'view.picture': () => {
      toolbar.look('picture');
    },
    'view.outlines': () => {
      toolbar.flip('outlines');
    },
    'view.list': () => {
      toolbar.flip('list');
    },
    'view.moreOpaque': () => {
      toolbar.fade(opacityStep);
    },
    'view.lessOpaque': () => {
      toolbar.fade(-opacityStep);
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
      comparison.flip();
    },
  };
}
