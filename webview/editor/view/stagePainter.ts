import type { Labelling } from '../model/labelling';
import type { SavedState } from '../model/savedState';
import { Visibility } from '../model/selection';
import type { ComparedLabels } from '../model/comparison';
import type { Size, View } from '../geometry/viewTransform';
import { CanvasRenderer } from '../renderer/canvasRenderer';
import { buildLookup } from '../renderer/lookup';
import type { ComparisonLayout, Renderer } from '../renderer/renderer';
import type { Tones } from '../renderer/tones';
import { WebGlRenderer } from '../renderer/webglRenderer';

/** What the mask is compared with: labels, or the plain picture. */
export type Compared = ComparedLabels | 'picture';

/** The position of the picture on the screen in the next frame. */
export interface Placement {
  readonly view: View;
  /** Where what the mask is compared with is drawn; null: nowhere. */
  readonly comparison: ComparisonLayout | null;
}

/** The mark in the page's timeline at which a picture and a mask over it were drawn for the first time. */
const firstMaskMark = 'labelless.firstMask';

/** Updates the renderer as the labels change, and draws at most once a frame. */
export class StagePainter {
  /** The group under the pointer; 0 for none. */
  private hovered = 0;
  private drawRequested = false;
  private hasPicture = false;
  private hasShownMask = false;
  private readonly renderer: Renderer;

  /** @param canvasOnly draws without the graphics card */
  constructor(
    private readonly container: HTMLElement,
    private readonly labelling: Labelling,
    private readonly state: SavedState,
    canvasOnly: boolean,
    private readonly placement: () => Placement,
  ) {
    this.renderer = createRenderer(canvasOnly, () => {
      this.invalidate();
    });
    container.prepend(this.renderer.canvas);
    new MutationObserver(() => {
      this.invalidate();
    }).observe(document.body, { attributeFilter: ['class'] }); // another theme
    labelling.regionsChanged.listen(() => {
      this.renderer.setRegions(labelling.regions);
    });
    labelling.appearanceChanged.listen(() => {
      this.updateLookup();
    });
    labelling.pendingStrokes.changed.listen(area => {
      this.renderer.changePixels(area);
      this.invalidate();
    });
  }

  /** Longest side in pixels of a picture that can be drawn. */
  get maximumSize(): number {
    return this.renderer.maximumSize;
  }

  /** @param size the picture's own size; the bitmap may be smaller */
  setPicture(bitmap: ImageBitmap, size: Size): void {
    this.renderer.setPicture(bitmap, size);
    this.hasPicture = true;
  }

  /** Sets how the picture is displayed; null: as it is. */
  setTones(tones: Tones | null): void {
    this.renderer.setTones(tones);
    this.invalidate();
  }

  setHovered(group: number): void {
    if (group === this.hovered) return;
    this.hovered = group;
    this.invalidate();
  }

  /** Sets what the mask is compared with; null ends the comparison. */
  setCompared(compared: Compared | null): void {
    if (compared === null || compared === 'picture') {
      this.renderer.setComparison(compared && { regions: null, lookup: new Uint32Array(2) });
    } else {
      const marks = { visibility: new Visibility(), selected: new Set<number>(), strokes: [] };
      this.renderer.setComparison({ regions: compared.regions, lookup: buildLookup(compared.grouping, marks) });
    }
    this.invalidate();
  }

  /** Draws at once, since a resized canvas is empty until it is drawn. @param size device pixels */
  resize(size: Size): void {
    this.renderer.resize(size);
    this.draw();
  }

  /** Draws with the next frame. */
  invalidate(): void {
    if (this.drawRequested) return;
    this.drawRequested = true;
    requestAnimationFrame(() => {
      this.drawRequested = false;
      this.draw();
    });
  }

  private updateLookup(): void {
    const { grouping, drawn: visibility, selectedGroups, pendingStrokes } = this.labelling;
    if (grouping) {
      const marks = { visibility, selected: selectedGroups, strokes: pendingStrokes.strokes };
      this.renderer.setLookup(buildLookup(grouping, marks));
    }
    this.invalidate();
  }

  private draw(): void {
    const started = performance.now();
    const { show, outlines, opacity } = this.state;
    const hasLabels = this.labelling.grouping !== null;
    this.renderer.draw({
      ...this.placement(),
      showsLabels: hasLabels && show !== 'picture',
      showsPicture: !hasLabels || show !== 'mask',
      opacity: show === 'mask' ? 1 : show === 'outlines' ? 0 : opacity,
      outlines: show === 'outlines' || outlines,
      hovered: this.hovered,
      highContrast:
        document.body.matches('.vscode-high-contrast, .vscode-high-contrast-light') ||
        matchMedia('(prefers-contrast: more)').matches,
    });
    if (hasLabels && this.hasPicture && !this.hasShownMask) {
      this.hasShownMask = true;
      performance.mark(firstMaskMark);
    }
    this.container.dataset.frameMilliseconds = (performance.now() - started).toFixed(1); // for tests of its speed
  }
}

/**
 * Makes a renderer on the graphics card, or a canvas renderer where that is not possible or `canvasOnly` is set.
 * @param onRestored called when a lost graphics context is available again
 */
function createRenderer(canvasOnly: boolean, onRestored: () => void): Renderer {
  if (canvasOnly) return new CanvasRenderer();
  try {
    return new WebGlRenderer(onRestored);
  } catch {
    return new CanvasRenderer(); // remote desktops and blocked drivers
  }
}
