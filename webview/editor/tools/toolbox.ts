import { Signal } from '../../common/emitter';
import type { Labelling } from '../model/labelling';
import type { At, Gestures } from '../view/gestures';
import { Brush, type BrushSize } from './brushTool';
import { Grow } from './growTool';
import { Polygon } from './polygonTool';
import type { ScribbleTool } from './scribbleTool';
import { Fill, Pick, Select } from './selectTool';
import type { Tool, ToolName } from './tool';
import { groupUnder, type Desk } from './toolContext';

/** Tools whose own line at the pointer tells enough: labels do not light up under them. */
const quiet: readonly ToolName[] = ['brush', 'eraser', 'scribble'];

/** The tools, and the one in hand, which takes what the pointer does on the picture. */
export class Toolbox {
  readonly changed = new Signal();
  private inHand: ToolName = 'select';
  private before: ToolName = 'select';
  private readonly tools: Record<ToolName, Tool>;
  private readonly labelling: Labelling;

  constructor(
    private readonly desk: Desk,
    brushSize: BrushSize,
    scribble: ScribbleTool,
  ) {
    this.labelling = desk.labelling;
    this.tools = {
      select: new Select(desk),
      brush: new Brush(desk, brushSize, false),
      eraser: new Brush(desk, brushSize, true),
      polygon: new Polygon(desk),
      fill: new Fill(desk),
      grow: new Grow(desk),
      scribble,
      pick: new Pick(desk, () => {
        this.take(this.before);
      }),
    };
  }

  get name(): ToolName {
    return this.inHand;
  }

  get tool(): Tool {
    return this.tools[this.inHand];
  }

  take(name: ToolName): void {
    if (name === this.inHand) return;
    this.tool.drop?.();
    this.before = this.inHand;
    this.inHand = name;
    this.changed.emit();
  }

  /** Keys that the tool has a use for at the moment. @returns whether it was one */
  key(key: string): boolean {
    return this.tool.key?.(key) ?? false;
  }

  /** More or less of what the tool has to give. @returns false when that is nothing */
  adjust(steps: number): boolean {
    this.tool.adjust?.(steps);
    return this.tool.adjust !== undefined;
  }

  /** What the pointer does; beside the mask's own column, looking alone. `tell` is told the place under it. */
  gestures(tell: (at: At | null) => void): Gestures {
    const { stage } = this.desk;
    return {
      pan: (dx, dy) => {
        stage.pan(dx, dy);
      },
      zoom: (factor, x, y) => {
        stage.zoom(factor, { x, y });
      },
      adjust: steps => {
        this.adjust(steps);
      },
      hover: at => {
        stage.hover(quiet.includes(this.inHand) && stage.isMask(at) ? 0 : groupUnder(this.desk, at));
        if (stage.isMask(at)) this.tool.hover?.(at);
        else this.tool.leave?.();
        tell(at);
      },
      leave: () => {
        stage.hover(0);
        this.tool.leave?.();
        tell(null);
      },
      grab: at => (this.labelling.mask && stage.isMask(at) ? (this.tool.grab?.(at) ?? null) : null),
      click: at => {
        if (stage.isMask(at)) this.tool.click?.(at);
      },
      doubleClick: at => {
        if (!stage.isMask(at) || !this.tool.doubleClick?.(at)) stage.fit();
      },
    };
  }
}
