import { maxBrushSize } from '../../../mask/regions/pixelRuns';
import { neutralDisplay, readDisplay, type PictureDisplay } from '../../../protocol/pictureDisplay';
import type { ImageView } from '../../../mask/document/imageView';
import type { Anchor } from '../geometry/viewTransform';
import type { Labelling } from './labelling';
import { Visibility } from './selection';

/** The view modes: labels over the picture, their outlines over it, labels alone, or the picture alone. */
export const viewModes = ['overlay', 'outlines', 'mask', 'picture'] as const;
export type ViewMode = (typeof viewModes)[number];

/** The layouts of a comparison: on both sides of a divider over one picture, or in columns side by side. */
export const compareLayouts = ['split', 'columns'] as const;
export type CompareLayout = (typeof compareLayouts)[number];

/** The state of the page that VS Code keeps for its tab across reloads; it is no part of the mask. */
export interface SavedState {
  /** Where the picture lies; null: it is fitted into the window. */
  anchor: Anchor | null;
  /** The opacity of the labels' colours over the picture, 0 … 1. */
  opacity: number;
  show: ViewMode;
  outlines: boolean;
  /** Whether the label list is shown. */
  list: boolean;
  /** The width of the label list in CSS pixels. */
  listWidth: number;
  /** The representatives of hidden labels; valid only for a map of as many regions as `regions`. */
  hidden: number[];
  /** The representative of the only label shown; null: no label is isolated. */
  isolated: number | null;
  /** Number of regions of the map that `hidden` and `isolated` refer to. */
  regions: number;
  /** The size of brush and eraser in pixels. */
  brush: number;
  compare: CompareLayout;
  display: PictureDisplay;
  /** What was chosen of the image file; null: nothing. */
  view: ImageView | null;
}

export const defaultState: SavedState = {
  anchor: null,
  opacity: 0.5,
  show: 'overlay',
  outlines: true,
  list: true,
  listWidth: 280,
  hidden: [],
  isolated: null,
  regions: 0,
  brush: 24,
  compare: 'split',
  display: neutralDisplay,
  view: null,
};

/** The limits of the label list's width in CSS pixels. */
export const listWidths = { least: 180, most: 600 };

/** Reads a saved state of any shape, with defaults for what is missing or not valid. */
export function readState(saved: unknown): SavedState {
  const values = (typeof saved === 'object' && saved !== null ? saved : {}) as Record<string, unknown>;
  const number = (value: unknown, least: number, most: number, otherwise: number): number =>
    typeof value === 'number' && value >= least && value <= most ? value : otherwise;
  const flag = (value: unknown, otherwise: boolean): boolean => (typeof value === 'boolean' ? value : otherwise);
  return {
    anchor: readAnchor(values.anchor),
    opacity: number(values.opacity, 0, 1, defaultState.opacity),
    show: viewModes.find(mode => mode === values.show) ?? defaultState.show,
    outlines: flag(values.outlines, defaultState.outlines),
    list: flag(values.list, defaultState.list),
    listWidth: number(values.listWidth, listWidths.least, listWidths.most, defaultState.listWidth),
    hidden: Array.isArray(values.hidden) ? (values.hidden.filter(Number.isInteger) as number[]) : [],
    isolated: Number.isInteger(values.isolated) ? (values.isolated as number) : null,
    regions: number(values.regions, 0, 65536, 0),
    compare: compareLayouts.find(layout => layout === values.compare) ?? defaultState.compare,
    display: readDisplay(values.display),
    view: readView(values.view),
    brush: number(values.brush, 1, maxBrushSize, defaultState.brush),
  };
}

function readView(value: unknown): ImageView | null {
  if (typeof value !== 'object' || value === null) return null;
  const { range, bands, page } = value as Partial<ImageView>;
  const isValid =
    typeof range === 'string' && Array.isArray(bands) && bands.every(Number.isInteger) && Number.isInteger(page);
  return isValid ? { range, bands, page: page! } : null;
}

function readAnchor(value: unknown): Anchor | null {
  if (typeof value !== 'object' || value === null) return null;
  const { scale, x, y } = value as Record<string, unknown>;
  const isValid =
    [scale, x, y].every(part => typeof part === 'number' && Number.isFinite(part)) && (scale as number) > 0;
  return isValid ? { scale: scale as number, x: x as number, y: y as number } : null;
}

/** Saves the page's state, at most once a frame, and shows hidden labels as before after a reload. */
export class StateKeeper {
  private request = 0;

  constructor(
    readonly state: SavedState,
    private readonly labelling: Labelling,
    private readonly onSave: (state: SavedState) => void,
  ) {
    labelling.appearanceChanged.listen(() => {
      this.save();
    });
  }

  save(): void {
    cancelAnimationFrame(this.request);
    this.request = requestAnimationFrame(() => {
      const { visibility, regions } = this.labelling;
      const { hidden, isolated } = visibility;
      this.onSave({ ...this.state, hidden: [...hidden], isolated, regions: regions?.count ?? 0 });
    });
  }

  /** Hides the labels that were hidden before a reload, once the same regions are there again. */
  restoreVisibility(): void {
    const { state, labelling } = this;
    if (state.regions !== labelling.regions?.count || !labelling.visibility.showsAll) return;
    labelling.setVisibility(new Visibility(new Set(state.hidden), state.isolated));
    state.regions = 0;
  }
}
