import { Emitter } from '../../common/emitter';
import type { Point } from '../geometry/columns';
import type { Gestures } from '../view/gestures';
import type { PreviewLayer } from '../view/previewLayer';
import { BrushTool, type BrushSize } from './brushTool';
import { ObjectTool } from './objectTool';
import { PolygonTool } from './polygonTool';
import type { ScribbleTool } from './scribbleTool';
import { FillTool, PickTool, SelectTool } from './selectTool';
import type { OutlineTool } from './outlineTool';
import type { KeyPress, Tool, ToolName } from './tool';
import { groupUnderPointer, type ToolContext } from './toolContext';

/** Tools that show by themselves what they would change, under which labels are not highlighted. */
const toolsWithPreview: readonly ToolName[] = ['brush', 'eraser', 'object', 'scribble'];

/** All tools, and the active one, which handles the pointer on the picture. */
export class Toolbox {
  readonly changed = new Emitter();
  private activeName: ToolName = 'select';
  private previousName: ToolName = 'select';
  private readonly tools: Record<ToolName, Tool>;

  constructor(
    private readonly context: ToolContext,
    brushSize: BrushSize,
    scribble: ScribbleTool,
    outline: OutlineTool,
    preview: PreviewLayer,
  ) {
    this.tools = {
      select: new SelectTool(context),
      brush: new BrushTool(context, brushSize, false),
      eraser: new BrushTool(context, brushSize, true),
      polygon: new PolygonTool(context),
      outline,
      fill: new FillTool(context),
      object: new ObjectTool(context, preview),
      scribble,
      pick: new PickTool(context, () => {
        this.activate(this.previousName);
      }),
    };
  }

  get name(): ToolName {
    return this.activeName;
  }

  get tool(): Tool {
    return this.tools[this.activeName];
  }

  /** Why a tool cannot be used with this mask; null where it can. */
  obstacleOf(name: ToolName): string | null {
    return this.tools[name].obstacle ?? null;
  }

  /** Activates a tool; shows why where it cannot be used. */
  activate(name: ToolName): void {
    if (name === this.activeName) return;
    const obstacle = this.obstacleOf(name);
    if (obstacle) {
      this.context.showHint(obstacle);
      return;
    }
    this.tool.onDeactivate?.();
    this.previousName = this.activeName;
    this.activeName = name;
    this.tool.onActivate?.();
    this.changed.emit();
  }

  /** Offers a key to the active tool. @returns whether the tool used it */
  handleKey(press: KeyPress): boolean {
    return this.tool.onKey?.(press) ?? false;
  }

  /** Adjusts the active tool's size. @returns false when the tool has none */
  adjust(steps: number): boolean {
    this.tool.onAdjust?.(steps);
    return this.tool.onAdjust !== undefined;
  }

  /**
   * The gestures of the stage. Outside the mask's own column the pointer pans, zooms and highlights, but uses no tool.
   * @param onPointerMove called with the pointer's position on the stage, null when it leaves
   */
  gestures(onPointerMove: (position: Point | null) => void): Gestures {
    const { stage, labelling } = this.context;
    return {
      onPan: (dx, dy) => {
        stage.pan(dx, dy);
      },
      onZoom: (factor, x, y) => {
        stage.zoom(factor, { x, y });
      },
      onAdjust: steps => {
        this.adjust(steps);
      },
      onHover: position => {
        const inMask = stage.isInMaskColumn(position);
        const highlights = !inMask || !toolsWithPreview.includes(this.activeName);
        stage.setHovered(highlights ? groupUnderPointer(this.context, position) : 0);
        if (inMask) this.tool.onHover?.(position);
        else this.tool.onLeave?.();
        onPointerMove(position);
      },
      onLeave: () => {
        stage.setHovered(0);
        this.tool.onLeave?.();
        onPointerMove(null);
      },
      onPress: position =>
        labelling.mask && stage.isInMaskColumn(position) ? (this.tool.onPress?.(position) ?? null) : null,
      onClick: position => {
        if (stage.isInMaskColumn(position)) this.tool.onClick?.(position);
      },
      onDoubleClick: position => {
        if (!stage.isInMaskColumn(position) || !this.tool.onDoubleClick?.(position)) stage.fit();
      },
    };
  }
}
