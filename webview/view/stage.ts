import type { Labelling } from '../model/labelling';
import { CanvasRenderer } from '../renderer/canvas2d';
import { buildLookup } from '../renderer/lookup';
import type { Layer, Renderer } from '../renderer/renderer';
import { WebGlRenderer } from '../renderer/webgl';
import type { SavedState } from '../savedState';
import { Signal } from '../signal';
import type { Picture } from './picture';
import { centred, fit, fromAnchor, keepInSight, pan, smallestScale, toAnchor, toPicture, zoomAt, type Size, type View } from './transform';

/** The picture on the screen: where it lies, and when it is drawn again. Lengths in its methods are CSS pixels. */
export class Stage {
  readonly viewChanged = new Signal<number>();
  readonly renderer: Renderer;
  picture: Picture | null = null;
  /** Group under the pointer; 0 for none. */
  hovered = 0;
  /** Share of the stage's width up to which other labels are drawn, 0 … 1; null: none are. */
  private split: number | null = null;
  private view: View = { scale: 1, x: 0, y: 0 };
  private viewport: Size = { width: 1, height: 1 };
  private asked = false;

  constructor(private readonly container: HTMLElement, private readonly labelling: Labelling, private readonly state: SavedState, canvasOnly: boolean) {
    this.renderer = chooseRenderer(canvasOnly, () => { this.invalidate(); });
    container.prepend(this.renderer.canvas);
    new ResizeObserver(() => { this.measure(); }).observe(container);
    new MutationObserver(() => { this.invalidate(); }).observe(document.body, { attributeFilter: ['class'] }); // another theme
    labelling.regionsChanged.listen(() => { this.renderer.setRegions(labelling.regions); });
    labelling.lookChanged.listen(() => { this.colour(); });
    labelling.drafts.changed.listen(area => { this.renderer.changePixels(area); this.invalidate(); });
  }

  setPicture(picture: Picture): void {
    this.picture?.bitmap.close();
    this.picture = picture;
    this.renderer.setPicture(picture.bitmap, picture.size);
    this.place();
  }

  zoom(factor: number, x = this.container.clientWidth / 2, y = this.container.clientHeight / 2): void {
    if (!this.picture) return;
    const dpr = devicePixelRatio;
    this.move(zoomAt(this.view, factor, x * dpr, y * dpr, smallestScale(this.picture.size, this.viewport)));
  }

  pan(dx: number, dy: number): void {
    this.move(pan(this.view, dx * devicePixelRatio, dy * devicePixelRatio));
  }

  /** One picture pixel on one pixel of the screen. */
  actualSize(): void {
    this.zoom(1 / this.view.scale);
  }

  fit(): void {
    this.state.anchor = null;
    this.place();
  }

  /** The picture pixel at a position of the stage, with fractions; null beside the picture. */
  pictureAt(x: number, y: number): { x: number; y: number } | null {
    if (!this.picture) return null;
    const at = toPicture(this.view, x * devicePixelRatio, y * devicePixelRatio);
    const { width, height } = this.picture.size;
    return at.x >= 0 && at.y >= 0 && at.x < width && at.y < height ? at : null;
  }

  /** The pixel of the region map at a position of the stage, with fractions, also beside the picture; null without a map. */
  toMap({ x, y }: { readonly x: number; readonly y: number }): { x: number; y: number } | null {
    const { regions } = this.labelling;
    if (!this.picture || !regions) return null;
    const at = toPicture(this.view, x * devicePixelRatio, y * devicePixelRatio);
    return { x: (at.x * regions.width) / this.picture.size.width, y: (at.y * regions.height) / this.picture.size.height };
  }

  /** The position on the stage of a place of the region map; null without a map. */
  fromMap(x: number, y: number): { x: number; y: number } | null {
    const { regions } = this.labelling;
    if (!this.picture || !regions) return null;
    const { scale } = this.view;
    return {
      x: (this.view.x + ((x * this.picture.size.width) / regions.width) * scale) / devicePixelRatio,
      y: (this.view.y + ((y * this.picture.size.height) / regions.height) * scale) / devicePixelRatio,
    };
  }

  hover(group: number): void {
    if (group === this.hovered) return;
    this.hovered = group;
    this.invalidate();
  }

  /** Takes other labels of the picture, drawn where `divide` says; null ends that. */
  compare(other: Layer | null): void {
    this.renderer.setOther(other);
    this.invalidate();
  }

  /** Draws the other labels left of a share of the stage's width; null: nowhere. */
  divide(split: number | null): void {
    this.split = split;
    this.invalidate();
  }

  invalidate(): void {
    if (this.asked) return;
    this.asked = true;
    requestAnimationFrame(() => { this.asked = false; this.draw(); });
  }

  private colour(): void {
    const { grouping, visibility, selectedGroups: selected, offered, drafts } = this.labelling;
    if (grouping) this.renderer.setLookup(buildLookup(grouping, { visibility, selected, offered, drafts: drafts.open }));
    this.invalidate();
  }

  private draw(): void {
    const started = performance.now();
    const { state, labelling } = this;
    this.renderer.draw({
      view: this.view, masked: labelling.grouping !== null && state.show !== 'picture', pictured: labelling.grouping === null || state.show !== 'mask',
      opacity: state.show === 'mask' ? 1 : state.show === 'outlines' ? 0 : state.opacity,
      outlines: state.show === 'outlines' || state.outlines, hovered: this.hovered, split: this.split === null ? null : this.split * this.viewport.width,
      contrast: document.body.matches('.vscode-high-contrast, .vscode-high-contrast-light') || matchMedia('(prefers-contrast: more)').matches,
    });
    this.container.dataset.frameMilliseconds = (performance.now() - started).toFixed(1); // for tests of its speed
  }

  private measure(): void {
    this.viewport = {
      width: Math.max(1, Math.round(this.container.clientWidth * devicePixelRatio)),
      height: Math.max(1, Math.round(this.container.clientHeight * devicePixelRatio)),
    };
    this.renderer.resize(this.viewport);
    this.place();
    this.draw(); // at once: a resized canvas is empty until it is drawn
  }

  /** Puts the picture where the kept state says. */
  private place(): void {
    if (!this.picture) return;
    const { anchor } = this.state;
    const margin = 16 * devicePixelRatio;
    const view = anchor ? fromAnchor(anchor, this.viewport) : fit(this.picture.size, this.viewport, margin);
    this.show(view.scale > 0 ? view : centred(this.picture.size, this.viewport, 1));
  }

  private move(view: View): void {
    if (!this.picture) return;
    const kept = keepInSight(view, this.picture.size, this.viewport);
    this.state.anchor = toAnchor(kept, this.viewport);
    this.show(kept);
  }

  private show(view: View): void {
    this.view = view;
    this.viewChanged.emit(view.scale);
    this.invalidate();
  }
}

function chooseRenderer(canvasOnly: boolean, onRestored: () => void): Renderer {
  if (canvasOnly) return new CanvasRenderer();
  try {
    return new WebGlRenderer(onRestored);
  } catch {
    return new CanvasRenderer(); // remote desktops and blocked drivers
  }
}
