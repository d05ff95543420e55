import { maxBrushSize } from '../../../mask/regions/pixelRuns';
import type { Anchor } from '../geometry/viewTransform';

/** What is drawn: labels over the picture, their outlines over it, labels alone, the picture alone. */
export const shows = ['overlay', 'outlines', 'mask', 'picture'] as const;
export type Show = (typeof shows)[number];

/**
 * How a comparison is shown: what the mask is compared with left of a divider over the same picture, or in a column of
 * its own.
 */
export const compareLayouts = ['split', 'columns'] as const;
export type CompareLayout = (typeof compareLayouts)[number];

/** How the page looks, kept by VS Code for the tab across reloads; nothing of it is part of the mask. */
export interface SavedState {
  /** Null: fitted into the window. */
  anchor: Anchor | null;
  /** 0 … 1 */
  opacity: number;
  show: Show;
  outlines: boolean;
  list: boolean;
  /** CSS pixels. */
  listWidth: number;
  /** What is hidden, by base region, and of how many regions: after another run these names mean nothing. */
  hidden: number[];
  isolated: number | null;
  regions: number;
  /** Of brush and eraser, pixels. */
  brush: number;
  compare: CompareLayout;
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
};

export const listWidths = { least: 180, most: 600 };

/** The state in something that was kept, with defaults for all that is missing or makes no sense. */
export function readState(kept: unknown): SavedState {
  const given = (typeof kept === 'object' && kept !== null ? kept : {}) as Record<string, unknown>;
  const number = (value: unknown, least: number, most: number, otherwise: number): number =>
    typeof value === 'number' && value >= least && value <= most ? value : otherwise;
  const flag = (value: unknown, otherwise: boolean): boolean => (typeof value === 'boolean' ? value : otherwise);
  return {
    anchor: readAnchor(given.anchor),
    opacity: number(given.opacity, 0, 1, defaultState.opacity),
    show: shows.find(one => one === given.show) ?? defaultState.show,
    outlines: flag(given.outlines, defaultState.outlines),
    list: flag(given.list, defaultState.list),
    listWidth: number(given.listWidth, listWidths.least, listWidths.most, defaultState.listWidth),
    hidden: Array.isArray(given.hidden) ? (given.hidden.filter(Number.isInteger) as number[]) : [],
    isolated: Number.isInteger(given.isolated) ? (given.isolated as number) : null,
    regions: number(given.regions, 0, 65536, 0),
    compare: compareLayouts.find(one => one === given.compare) ?? defaultState.compare,
    brush: number(given.brush, 1, maxBrushSize, defaultState.brush),
  };
}

function readAnchor(value: unknown): Anchor | null {
  if (typeof value !== 'object' || value === null) return null;
  const { scale, x, y } = value as Record<string, unknown>;
  const sound = [scale, x, y].every(part => typeof part === 'number' && Number.isFinite(part)) && (scale as number) > 0;
  return sound ? { scale: scale as number, x: x as number, y: y as number } : null;
}
