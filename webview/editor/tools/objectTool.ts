import { nodesOfStroke, regionsUnder } from '../../../mask/objects/placeNodes';
import { maxPoints, strokeRuns } from '../../../mask/regions/pixelRuns';
import type { Point } from '../geometry/columns';
import type { Drag, PointerPosition } from '../view/gestures';
import type { PreviewLayer } from '../view/previewLayer';
import { NodeOffer } from './nodeOffer';
import type { NodeAction } from './nodeRequests';
import { ObjectCrosshair } from './objectCrosshair';
import type { KeyPress, Tool } from './tool';
import type { ToolContext } from './toolContext';

/** CSS pixels below which a press that moves is still a click. */
const clickSlack = 4;

/**
 * Takes nodes of the hierarchy into a label: the one offered at the pointer by a click, all that a stroke touches, or
 * the largest ones within a rectangle. With Alt it gives them back.
 */
export class ObjectTool implements Tool {
  readonly paints = true;
  private readonly offer: NodeOffer;
  private readonly crosshair: ObjectCrosshair;
  private pointer: PointerPosition | null = null;
  private isDragging = false;

  constructor(
    private readonly context: ToolContext,
    layer: PreviewLayer,
  ) {
    this.offer = new NodeOffer(context, layer);
    this.crosshair = new ObjectCrosshair(context, this.offer);
    for (const emitter of [context.labelling.maskChanged, context.targets.changed])
      emitter.listen(() => {
        if (!this.isDragging) this.update();
      });
  }

  get obstacle(): string | null {
    return this.offer.obstacle;
  }

  onPress(position: PointerPosition): Drag {
    this.crosshair.end();
    return position.shift ? this.dragBox(position) : this.dragStroke(position);
  }

  onDoubleClick(): boolean {
    return true;
  }

  onHover(position: PointerPosition): void {
    this.pointer = position;
    if (this.isDragging) return;
    this.crosshair.end();
    this.update();
  }

  onLeave(): void {
    if (!this.pointer) return;
    this.pointer = null;
    if (!this.crosshair.isShown && !this.isDragging) this.offer.hide();
  }

  onDeactivate(): void {
    this.pointer = null;
    this.crosshair.end();
    this.offer.hide();
  }

  /** Offers a larger or a smaller node at this place. */
  onAdjust(steps: number): void {
    this.offer.at(this.place);
    this.offer.choice.step(steps);
    this.update();
    if (this.crosshair.isShown) this.crosshair.announce();
  }

  onKey(press: KeyPress): boolean {
    if (!press.onStage) return false;
    if (this.crosshair.isShown && (press.key === '+' || press.key === '=' || press.key === '-')) {
      this.onAdjust(press.key === '-' ? -1 : 1);
      return true;
    }
    if (!this.crosshair.handleKey(press, this.pointerPlace)) return false;
    this.update();
    return true;
  }

  /** The place of the pointer, in pixels of the map; null for none. */
  private get pointerPlace(): Point | null {
    return this.pointer && this.context.stage.toMap(this.pointer);
  }

  private get place(): Point | null {
    return this.crosshair.place ?? this.pointerPlace;
  }

  /** Shows what a click, or the key of the crosshair, would take. */
  private update(): void {
    if (!this.place) this.offer.hide();
    else this.offer.show(() => (this.crosshair.isShown ? this.crosshair.nodes : this.offer.at(this.pointerPlace)));
  }

  private dragStroke(start: PointerPosition): Drag {
    const { stage } = this.context;
    const touched = new Set<number>();
    const points: number[] = [];
    this.offer.at(stage.toMap(start));
    const first = this.offer.choice.offer;
    let isStroke = false;
    const nodes = (): readonly number[] => {
      const { ground } = this.offer;
      if (!first || !ground) return [];
      return isStroke ? nodesOfStroke(ground.tree, first, touched) : first.nodes;
    };
    const add = (position: PointerPosition): void => {
      isStroke ||= Math.hypot(position.x - start.x, position.y - start.y) >= clickSlack;
      const point = stage.toMap(position);
      const { ground } = this.offer;
      if (!point || !ground || points.length >= 2 * maxPoints) return;
      points.push(point.x, point.y);
      const runs = strokeRuns(points.slice(-4), 1, ground.regions);
      for (const region of regionsUnder(ground.regions, runs)) touched.add(region);
    };
    return this.drag(start, nodes, positions => {
      positions.forEach(add);
    });
  }

  private dragBox(start: PointerPosition): Drag {
    const { overlay, stage } = this.context;
    const from = stage.toMap(start);
    let end = start;
    const nodes = (): number[] => {
      const to = stage.toMap(end);
      return from && to ? this.offer.between(from, to) : [];
    };
    return this.drag(start, nodes, positions => {
      end = positions.at(-1) ?? end;
      overlay.rectangle({ from: start, to: end });
    });
  }

  /** A drag that shows which nodes it would take or give back, and does so in the end. */
  private drag(
    start: PointerPosition,
    nodes: () => readonly number[],
    onMove: (positions: readonly PointerPosition[]) => void,
  ): Drag {
    const action: NodeAction = start.alt ? 'giveBack' : 'take';
    const { offer, context } = this;
    this.isDragging = true;
    const show = (): void => {
      offer.show(nodes, action);
    };
    const end = (): void => {
      this.isDragging = false;
      context.overlay.rectangle(null);
      this.update();
    };
    show();
    return {
      onMove: positions => {
        onMove(positions);
        show();
      },
      onRelease: position => {
        onMove([position]);
        offer.act(action, nodes(), start.shift ? null : context.stage.toMap(start));
        end();
      },
      onCancel: end,
    };
  }
}
