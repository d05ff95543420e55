import type { EditRequest } from '../../mask/document/editRequests';
import type { PageAction } from '../../protocol/pageActions';
import type { Announcer } from '../common/announcements';
import type { Host } from './hostMessages';
import type { HostRequests } from './hostRequests';
import type { Classes } from './model/classes';
import type { Comparison } from './model/comparison';
import type { LabelNames, ScribbleLabels } from './model/labelNames';
import type { StateKeeper } from './model/savedState';
import { GranularitySlider } from './panels/bars/granularitySlider';
import { NameMenu, ScribbleBar } from './panels/bars/nameMenus';
import { OutlineBar } from './panels/bars/outlineBar';
import { StatusStrip } from './panels/bars/statusStrip';
import { ToolOptions } from './panels/bars/toolOptions';
import { ToolStrip } from './panels/bars/toolStrip';
import { Toolbar } from './panels/bars/toolbar';
import { ComparisonView } from './panels/comparison/comparisonView';
import { DisplayPanel } from './panels/displayPanel';
import { ClassBar } from './panels/classes/classBar';
import { InfoPanel } from './panels/infoPanel';
import { LabelPanel } from './panels/labels/labelPanel';
import { ListSplitter, type PageLayout } from './panels/pageLayout';
import { EmptyState, SegmentationBar } from './panels/segmentationNotices';
import type { BrushSize } from './tools/brushTool';
import type { OutlineTool } from './tools/outlineTool';
import type { ToolContext } from './tools/toolContext';
import type { Toolbox } from './tools/toolbox';

/** The parts of the page that the panels show and act on. */
export interface EditorParts {
  readonly layout: PageLayout;
  readonly host: Host;
  readonly requests: HostRequests;
  readonly keeper: StateKeeper;
  readonly context: ToolContext;
  readonly toolbox: Toolbox;
  readonly brush: BrushSize;
  readonly outlineTool: OutlineTool;
  readonly names: LabelNames;
  readonly classes: Classes;
  readonly scribbleLabels: ScribbleLabels;
  readonly comparison: Comparison;
  readonly announcer: Announcer;
  /** Performs an action of the page as its key does. */
  readonly perform: (action: PageAction) => void;
}

/** The panels of the page around the picture. */
export class EditorPanels {
  readonly slider: GranularitySlider;
  readonly info: InfoPanel;
  readonly display: DisplayPanel;
  readonly comparison: ComparisonView;
  readonly toolbar: Toolbar;
  readonly labels: LabelPanel;
  readonly classBar: ClassBar;
  readonly nameMenu: NameMenu;
  readonly status: StatusStrip;
  private readonly segmentation: SegmentationBar;
  private readonly emptyState: EmptyState;

  constructor(private readonly parts: EditorParts) {
    const { layout, host, requests, keeper, context } = parts;
    const { stage, labelling, queue } = context;
    const { state } = keeper;
    const edit = (request: EditRequest): void => {
      queue.add({ request: () => request });
    };
    this.slider = new GranularitySlider(labelling, granularity => {
      requests.setGranularity(granularity);
    });
    this.info = new InfoPanel(document.body, stage, labelling, () => {
      host.post({ type: 'info' });
    });
    this.display = new DisplayPanel(document.body, stage, state, {
      onChange: shared => {
        host.post({ type: 'display', display: shared });
        keeper.save();
      },
      onView: view => {
        state.view = view;
        host.post({ type: 'view', view });
        keeper.save();
      },
      announce: text => {
        parts.announcer.announce(text);
      },
    });
    this.comparison = new ComparisonView(layout, parts.comparison, stage, state, {
      onChoose: () => {
        host.post({ type: 'compareWith' });
      },
      onStop: () => {
        host.post({ type: 'stopComparing' });
      },
      onLayoutChange: () => {
        keeper.save();
      },
    });
    const buttons = { compare: this.comparison.button, info: this.info.button, display: this.display.button };
    this.toolbar = new Toolbar(layout.toolbar, this.slider.element, buttons, stage, state, {
      onSegment: () => {
        requests.segment();
      },
      onViewChange: () => {
        this.update();
        keeper.save();
      },
    });
    this.segmentation = new SegmentationBar(layout.segmentationBar, {
      onStop: () => {
        host.post({ type: 'stop' });
      },
      onCancel: () => {
        host.post({ type: 'cancel' });
      },
    });
    this.emptyState = new EmptyState(layout.stage, {
      onSegment: () => {
        requests.segment();
      },
      onBegin: () => {
        requests.beginMask();
      },
    });
    this.status = new StatusStrip(layout.status, stage, labelling);
    this.labels = new LabelPanel(layout.side, labelling, parts.classes, edit, () => {
      host.post({ type: 'newClassList' });
    });
    this.classBar = new ClassBar(layout.classes, parts.classes, labelling, {
      onOpenFile: () => {
        host.post({ type: 'openClassFile' });
      },
      onUnclassified: () => {
        parts.perform('view.unclassified');
      },
      onLeave: () => {
        layout.stage.focus();
      },
    });
    this.nameMenu = new NameMenu(parts.names, labelling);
    layout.side.append(this.nameMenu.completions);
    this.addToolPanels();
    new ListSplitter(layout.splitter, layout.side, state.listWidth, width => {
      state.listWidth = width;
      keeper.save();
    });
  }

  /** Shows the progress of a segmentation; null once it has ended. */
  showSegmentation(...[progress]: Parameters<SegmentationBar['show']>): void {
    this.segmentation.show(progress);
  }

  /** Shows the panels that fit the state of the mask, and hides the others. */
  update(): void {
    const { layout, keeper, context } = this.parts;
    const { mask, running } = context.labelling;
    const hasMask = mask !== null;
    this.toolbar.showSegmentation(hasMask, running);
    this.emptyState.show(context.stage.picture !== null && !hasMask && !running);
    layout.side.hidden = layout.splitter.hidden = !keeper.state.list || !hasMask;
    layout.tools.hidden = layout.options.hidden = !hasMask;
  }

  private addToolPanels(): void {
    const { layout, requests, context, toolbox, brush, outlineTool, scribbleLabels, perform } = this.parts;
    const scribbleBar = new ScribbleBar(scribbleLabels, context.labelling, {
      onSegment: () => {
        requests.segmentWithScribbles();
      },
      onClear: () => {
        requests.clearScribbles();
      },
    });
    new ToolStrip(layout.tools, toolbox, context.labelling);
    new ToolOptions(
      layout.options,
      toolbox,
      context.targets,
      brush,
      context.labelling,
      scribbleBar.element,
      new OutlineBar(outlineTool).element,
      this.nameMenu.element,
      action => {
        perform(`labels.${action}`);
      },
    );
  }
}
