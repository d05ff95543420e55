import { Emitter } from '../../common/emitter';
import { ColumnLayout, type Point } from '../geometry/columns';
import {
  centre,
  fit,
  fromAnchor,
  keepVisible,
  pan,
  smallestScale,
  toAnchor,
  toPicture,
  zoomAt,
  type Rectangle,
  type Size,
  type View,
} from '../geometry/viewTransform';
import type { Labelling } from '../model/labelling';
import type { SavedState } from '../model/savedState';
import type { Picture } from './shownPicture';
import type { Tones } from '../renderer/tones';
import { StagePainter, type Compared, type Placement } from './stagePainter';

/** CSS pixels around a picture that is fitted into its column. */
const fitMargin = 16;

/** The picture on the screen: its position, and what it is compared with. Positions and lengths are in CSS pixels. */
export class Stage {
  /** Emits the scale, in device pixels a picture pixel, whenever the picture has moved. */
  readonly viewChanged = new Emitter<number>();
  readonly pictureChanged = new Emitter();
  picture: Picture | null = null;
  private readonly painter: StagePainter;
  /** The share of the stage's width up to which the compared labels are drawn, 0 … 1; null: nowhere. */
  private split: number | null = null;
  /** Where the picture lies in each column. */
  private view: View = { scale: 1, x: 0, y: 0 };
  private readonly layout = new ColumnLayout();

  /** @param canvasOnly draws without the graphics card */
  constructor(
    private readonly container: HTMLElement,
    private readonly labelling: Labelling,
    private readonly state: SavedState,
    canvasOnly: boolean,
  ) {
    this.painter = new StagePainter(container, labelling, state, canvasOnly, () => this.placement);
    new ResizeObserver(() => {
      this.resize(this.layout.columns.length);
    }).observe(container);
  }

  /** Longest side in pixels of a picture that the stage can show. */
  get maximumPictureSize(): number {
    return this.painter.maximumSize;
  }

  setPicture(picture: Picture): void {
    this.picture?.bitmap.close();
    this.picture = picture;
    this.painter.setPicture(picture.bitmap, picture.size);
    this.pictureChanged.emit();
    this.applyAnchor();
  }

  /** Zooms about a position of the stage, by default its middle. */
  zoom(factor: number, position?: Point): void {
    if (!this.picture) return;
    const { layout } = this;
    const size = layout.columnSize;
    const { x, y } = position
      ? layout.toColumn(layout.columnUnder(position), position)
      : { x: size.width / 2, y: size.height / 2 };
    this.moveTo(zoomAt(this.view, factor, x, y, smallestScale(this.picture.size, size)));
  }

  pan(dx: number, dy: number): void {
    this.moveTo(pan(this.view, dx * devicePixelRatio, dy * devicePixelRatio));
  }

  /** Shows one picture pixel on one pixel of the screen. */
  actualSize(): void {
    this.zoom(1 / this.view.scale);
  }

  /** Fits the picture into its column. */
  fit(): void {
    this.state.anchor = null;
    this.applyAnchor();
  }

  /** The picture pixel, with fractions, at a position of the stage in any column; null beside the picture. */
  pictureAt(position: Point): Point | null {
    if (!this.picture) return null;
    const { x, y } = this.layout.toColumn(this.layout.columnUnder(position), position);
    const pixel = toPicture(this.view, x, y);
    const { width, height } = this.picture.size;
    return pixel.x >= 0 && pixel.y >= 0 && pixel.x < width && pixel.y < height ? pixel : null;
  }

  /** Whether a position of the stage is in the mask's own column, where tools work. */
  isInMaskColumn(position: Point): boolean {
    return this.layout.columnUnder(position) === this.layout.maskColumn;
  }

  /**
   * The pixel of the region map, with fractions, at a position of the stage, extrapolated beyond the edges of the
   * picture and of the mask's column; null without a map.
   */
  toMap(position: Point): Point | null {
    const { regions } = this.labelling;
    if (!this.picture || !regions) return null;
    const { x, y } = this.layout.toColumn(this.layout.maskColumn, position);
    const pixel = toPicture(this.view, x, y);
    const { width, height } = this.picture.size;
    return { x: (pixel.x * regions.width) / width, y: (pixel.y * regions.height) / height };
  }

  /** The position on the stage, in the mask's column, of a point of the region map; null without a map. */
  fromMap(x: number, y: number): Point | null {
    const { regions } = this.labelling;
    if (!this.picture || !regions) return null;
    const { width, height } = this.picture.size;
    return this.positionIn(this.layout.maskColumn, (x * width) / regions.width, (y * height) / regions.height);
  }

  /** The columns that show the picture, each with the position on the stage of a picture pixel's corner in it. */
  columnsWith(x: number, y: number): { left: number; width: number; corner: Point }[] {
    return this.layout.columns.map(column => ({
      left: column.left / devicePixelRatio,
      width: column.width / devicePixelRatio,
      corner: this.positionIn(column, x, y),
    }));
  }

  /** The size of the screen, the mask's column on it, and where the picture lies there, in device pixels. */
  get maskFrame(): { readonly screen: Size; readonly column: Rectangle; readonly view: View } {
    const { size, maskColumn, columnSize } = this.layout;
    const { view } = this;
    return {
      screen: size,
      column: { x: maskColumn.left, y: 0, ...columnSize },
      view: { ...view, x: view.x + maskColumn.left },
    };
  }

  /** The mask's column on the stage. */
  get maskBox(): { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number } {
    const { column } = this.maskFrame;
    const [left, right] = [column.x / devicePixelRatio, (column.x + column.width) / devicePixelRatio];
    return { left, top: 0, right, bottom: column.height / devicePixelRatio };
  }

  /** CSS pixels that a picture pixel takes on the screen. */
  get pixelSize(): number {
    return this.view.scale / devicePixelRatio;
  }

  /** Highlights a group; 0 for none. */
  setHovered(group: number): void {
    this.painter.setHovered(group);
  }

  /** Sets how the picture is displayed; null: as it is. */
  setTones(tones: Tones | null): void {
    this.painter.setTones(tones);
  }

  /** Sets what the mask is compared with, drawn where `setSplit` or `setColumns` says; null ends the comparison. */
  setCompared(compared: Compared | null): void {
    this.painter.setCompared(compared);
  }

  /** Draws the compared labels up to a share of the stage's width, 0 … 1; null: nowhere. */
  setSplit(split: number | null): void {
    this.split = split;
    this.invalidate();
  }

  /** Shows the picture in columns side by side, each as high as the stage. */
  setColumns(count: number): void {
    if (count !== this.layout.columns.length) this.resize(count);
  }

  /** Draws the stage with the next frame. */
  invalidate(): void {
    this.painter.invalidate();
  }

  private get placement(): Placement {
    const { size, columns } = this.layout;
    const { view, split } = this;
    if (split !== null) return { view, comparison: { split: split * size.width } };
    return { view, comparison: columns.length > 1 ? { columns } : null };
  }

  private positionIn(column: ColumnLayout['maskColumn'], x: number, y: number): Point {
    const { view } = this;
    return this.layout.toStage(column, { x: view.x + x * view.scale, y: view.y + y * view.scale });
  }

  private resize(columns: number): void {
    const { container, layout } = this;
    layout.resize({ width: container.clientWidth, height: container.clientHeight }, columns);
    container.style.setProperty('--mask-left', `${layout.maskColumn.left / devicePixelRatio}px`);
    this.applyAnchor();
    this.painter.resize(layout.size);
  }

  /** Moves the picture to the position of the saved state. */
  private applyAnchor(): void {
    if (!this.picture) return;
    const { anchor } = this.state;
    const { size } = this.picture;
    const column = this.layout.columnSize;
    const view = anchor ? fromAnchor(anchor, column) : fit(size, column, fitMargin * devicePixelRatio);
    this.setView(view.scale > 0 ? view : centre(size, column, 1));
  }

  private moveTo(view: View): void {
    if (!this.picture) return;
    const visible = keepVisible(view, this.picture.size, this.layout.columnSize);
    this.state.anchor = toAnchor(visible, this.layout.columnSize);
    this.setView(visible);
  }

  private setView(view: View): void {
    this.view = view;
    this.viewChanged.emit(view.scale);
    this.invalidate();
  }
}
