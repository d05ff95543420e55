import { Signal } from '../../common/emitter';
import { Screen, type Place } from '../geometry/columns';
import {
  centred,
  fit,
  fromAnchor,
  keepInSight,
  pan,
  smallestScale,
  toAnchor,
  toPicture,
  zoomAt,
  type View,
} from '../geometry/viewTransform';
import type { Labelling } from '../model/labelling';
import type { SavedState } from '../model/savedState';
import { chooseRenderer } from '../renderer/chooseRenderer';
import { buildLookup } from '../renderer/lookup';
import type { Beside, Layer, Renderer } from '../renderer/renderer';
import type { Picture } from './shownPicture';

/** The picture on the screen: where it lies, and when it is drawn again. Lengths in its methods are CSS pixels. */
export class Stage {
  readonly viewChanged = new Signal<number>();
  readonly renderer: Renderer;
  picture: Picture | null = null;
  /** Group under the pointer; 0 for none. */
  hovered = 0;
  /** Share of the stage's width up to which other labels are drawn, 0 … 1; null: none are. */
  private split: number | null = null;
  /** Of the picture in each column. */
  private view: View = { scale: 1, x: 0, y: 0 };
  private readonly screen = new Screen();
  private asked = false;

  constructor(
    private readonly container: HTMLElement,
    private readonly labelling: Labelling,
    private readonly state: SavedState,
    canvasOnly: boolean,
  ) {
    this.renderer = chooseRenderer(canvasOnly, () => {
      this.invalidate();
    });
    container.prepend(this.renderer.canvas);
    new ResizeObserver(() => {
      this.measure(this.screen.columns.length);
    }).observe(container);
    new MutationObserver(() => {
      this.invalidate();
    }).observe(document.body, { attributeFilter: ['class'] }); // another theme
    labelling.regionsChanged.listen(() => {
      this.renderer.setRegions(labelling.regions);
    });
    labelling.lookChanged.listen(() => {
      this.colour();
    });
    labelling.drafts.changed.listen(area => {
      this.renderer.changePixels(area);
      this.invalidate();
    });
  }

  setPicture(picture: Picture): void {
    this.picture?.bitmap.close();
    this.picture = picture;
    this.renderer.setPicture(picture.bitmap, picture.size);
    this.place();
  }

  /** Zooms to a position of the stage, without one to the middle. */
  zoom(factor: number, at?: Place): void {
    if (!this.picture) return;
    const { screen } = this;
    const { room } = screen;
    const { x, y } = at ? screen.within(screen.under(at), at) : { x: room.width / 2, y: room.height / 2 };
    this.move(zoomAt(this.view, factor, x, y, smallestScale(this.picture.size, room)));
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

  /** The picture pixel at a position of the stage in whichever column, with fractions; null beside the picture. */
  pictureAt(place: Place): Place | null {
    if (!this.picture) return null;
    const position = this.screen.within(this.screen.under(place), place);
    const at = toPicture(this.view, position.x, position.y);
    const { width, height } = this.picture.size;
    return at.x >= 0 && at.y >= 0 && at.x < width && at.y < height ? at : null;
  }

  /** Whether a position of the stage is in the mask's own column, where tools work. */
  isMask(place: Place): boolean {
    return this.screen.under(place) === this.screen.own;
  }

  /**
   * The pixel of the region map at a position of the stage, with fractions, as the mask's column goes on beyond its
   * edges and the picture's; null without a map.
   */
  toMap(place: Place): Place | null {
    const { regions } = this.labelling;
    if (!this.picture || !regions) return null;
    const position = this.screen.within(this.screen.own, place);
    const at = toPicture(this.view, position.x, position.y);
    return {
      x: (at.x * regions.width) / this.picture.size.width,
      y: (at.y * regions.height) / this.picture.size.height,
    };
  }

  /** The position on the stage, in the mask's column, of a place of the region map; null without a map. */
  fromMap(x: number, y: number): Place | null {
    const { regions } = this.labelling;
    if (!this.picture || !regions) return null;
    const { size } = this.picture;
    return this.placesOf((x * size.width) / regions.width, (y * size.height) / regions.height).at(-1)!;
  }

  /** The columns that show the picture, CSS pixels. */
  get columns(): { left: number; width: number }[] {
    return this.screen.columns.map(({ left, width }) => ({
      left: left / devicePixelRatio,
      width: width / devicePixelRatio,
    }));
  }

  /** The position of a picture pixel's corner on the stage, in each column. */
  placesOf(x: number, y: number): Place[] {
    const { view, screen } = this;
    return screen.columns.map(column =>
      screen.from(column, { x: view.x + x * view.scale, y: view.y + y * view.scale }),
    );
  }

  hover(group: number): void {
    if (group === this.hovered) return;
    this.hovered = group;
    this.invalidate();
  }

  /** Takes other labels of the picture, drawn where `divide` or `arrange` says; null ends that. */
  compare(other: Layer | null): void {
    this.renderer.setOther(other);
    this.invalidate();
  }

  /** Draws the other labels left of a share of the stage's width; null: nowhere. */
  divide(split: number | null): void {
    this.split = split;
    this.invalidate();
  }

  /** Shows the picture in columns side by side, each the whole stage's height. One column is the stage itself. */
  arrange(columns: number): void {
    if (columns !== this.screen.columns.length) this.measure(columns);
  }

  invalidate(): void {
    if (this.asked) return;
    this.asked = true;
    requestAnimationFrame(() => {
      this.asked = false;
      this.draw();
    });
  }

  private get beside(): Beside | null {
    const { size, columns } = this.screen;
    if (this.split !== null) return { split: this.split * size.width };
    return columns.length > 1 ? { columns } : null;
  }

  private colour(): void {
    const { grouping, visibility, selectedGroups: selected, offered, drafts } = this.labelling;
    if (grouping)
      this.renderer.setLookup(buildLookup(grouping, { visibility, selected, offered, drafts: drafts.open }));
    this.invalidate();
  }

  private draw(): void {
    const started = performance.now();
    const { state, labelling } = this;
    this.renderer.draw({
      view: this.view,
      masked: labelling.grouping !== null && state.show !== 'picture',
      pictured: labelling.grouping === null || state.show !== 'mask',
      opacity: state.show === 'mask' ? 1 : state.show === 'outlines' ? 0 : state.opacity,
      outlines: state.show === 'outlines' || state.outlines,
      hovered: this.hovered,
      beside: this.beside,
      contrast:
        document.body.matches('.vscode-high-contrast, .vscode-high-contrast-light') ||
        matchMedia('(prefers-contrast: more)').matches,
    });
    this.container.dataset.frameMilliseconds = (performance.now() - started).toFixed(1); // for tests of its speed
  }

  private measure(columns: number): void {
    const { container, screen } = this;
    screen.divide({ width: container.clientWidth, height: container.clientHeight }, columns);
    container.style.setProperty('--mask-left', `${screen.own.left / devicePixelRatio}px`);
    this.renderer.resize(screen.size);
    this.place();
    this.draw(); // at once: a resized canvas is empty until it is drawn
  }

  /** Puts the picture where the kept state says. */
  private place(): void {
    if (!this.picture) return;
    const { anchor } = this.state;
    const margin = 16 * devicePixelRatio;
    const view = anchor ? fromAnchor(anchor, this.screen.room) : fit(this.picture.size, this.screen.room, margin);
    this.show(view.scale > 0 ? view : centred(this.picture.size, this.screen.room, 1));
  }

  private move(view: View): void {
    if (!this.picture) return;
    const kept = keepInSight(view, this.picture.size, this.screen.room);
    this.state.anchor = toAnchor(kept, this.screen.room);
    this.show(kept);
  }

  private show(view: View): void {
    this.view = view;
    this.viewChanged.emit(view.scale);
    this.invalidate();
  }
}
