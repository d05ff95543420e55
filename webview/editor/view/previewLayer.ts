import { element } from '../../common/dom';
import type { Rectangle } from '../geometry/viewTransform';
import type { Labelling } from '../model/labelling';
import { previewArea, shadePreview, type RegionPreview } from '../regions/regionPreview';
import type { Stage } from './stage';

/**
 * Shows over the picture which regions an action would change. It has a canvas of its own, on which only the part of a
 * preview is drawn, so that following the pointer does not draw the mask again.
 */
export class PreviewLayer {
  private readonly canvas = element('canvas', { class: 'preview', 'aria-hidden': 'true' });
  private readonly context = this.canvas.getContext('2d');
  private shown: RegionPreview | null = null;
  /** Whether the mask or its place on the screen has changed since the preview was drawn. */
  private isStale = false;
  /** The part of the canvas with something drawn on it. */
  private drawn: Rectangle | null = null;
  /** Finds what the next frame shows; null where no frame is wanted. */
  private find: (() => RegionPreview | null) | null = null;

  constructor(
    private readonly container: HTMLElement,
    private readonly stage: Stage,
    private readonly labelling: Labelling,
  ) {
    container.append(this.canvas);
    stage.viewChanged.listen(() => {
      this.drawAgain();
    });
    labelling.maskChanged.listen(() => {
      this.drawAgain();
    });
  }

  /** Shows with the next frame what `find` answers then; null shows nothing. Of several calls the last one counts. */
  request(find: () => RegionPreview | null): void {
    const isWaiting = this.find !== null;
    this.find = find;
    if (isWaiting) return;
    requestAnimationFrame(() => {
      const started = performance.now();
      const preview = this.find?.() ?? null;
      this.find = null;
      if (preview !== this.shown || this.isStale) this.draw(preview);
      this.container.dataset.previewMilliseconds = (performance.now() - started).toFixed(1); // for tests of its speed
    });
  }

  private drawAgain(): void {
    const { shown } = this;
    if (!shown) return;
    this.isStale = true;
    this.request(this.find ?? (() => shown));
  }

  private draw(preview: RegionPreview | null): void {
    const { context, canvas, drawn } = this;
    const { screen, column, view } = this.stage.maskFrame;
    this.shown = preview;
    this.isStale = false;
    if (canvas.width !== screen.width || canvas.height !== screen.height) {
      canvas.width = screen.width;
      canvas.height = screen.height;
    } else if (drawn) context?.clearRect(drawn.x, drawn.y, drawn.width, drawn.height);
    this.drawn = null;
    const { picture } = this.stage;
    const { regions } = this.labelling;
    const area = preview && picture && regions && previewArea(preview, picture.size, regions, view, column);
    if (!area || !context) return;
    const lineWidth = Math.max(1, Math.round(devicePixelRatio));
    const pixels = shadePreview(preview, area, picture.size, regions, view, lineWidth);
    context.putImageData(new ImageData(pixels, area.width, area.height), area.x, area.y);
    this.drawn = area;
  }
}
