import { cells, type Cell } from './labelRow';

/** What can be done with one label. */
export interface LabelActions {
  select(index: number): void;
  rename(index: number): void;
  recolour(index: number): void;
  toggleShown(index: number): void;
  isolate(index: number): void;
  toggleLock(index: number): void;
}

/** What activating a cell, by click or Enter, does. */
export const cellAction: Record<Cell, keyof LabelActions> = {
  colour: 'recolour', name: 'select', show: 'toggleShown', isolate: 'isolate', lock: 'toggleLock', area: 'select',
};

const keyActions: Record<string, keyof LabelActions> = {
  F2: 'rename', c: 'recolour', h: 'toggleShown', i: 'isolate', k: 'toggleLock', ' ': 'toggleShown',
};

/** Where a key takes the keyboard in the grid, by rows and cells; null where it does not move. `page` is rows in sight. */
export function moved(key: string, at: { index: number; cell: Cell }, count: number, page: number): { index: number; cell: Cell } | null {
  const index = { ArrowDown: at.index + 1, ArrowUp: at.index - 1, PageDown: at.index + page, PageUp: at.index - page, Home: 0, End: count - 1 }[key];
  if (index !== undefined) return { index: Math.max(0, Math.min(count - 1, index)), cell: at.cell };
  const side = { ArrowLeft: -1, ArrowRight: 1 }[key];
  if (side === undefined) return null;
  const cell = Math.max(0, Math.min(cells.length - 1, cells.indexOf(at.cell) + side));
  return { index: at.index, cell: cells[cell] };
}

/** What a key does to the label that the keyboard is on; null for keys of no meaning here. */
export function keyAction(key: string, cell: Cell): keyof LabelActions | null {
  if (key === 'Enter') return cell === 'name' ? 'rename' : cellAction[cell];
  return keyActions[key.length === 1 ? key.toLowerCase() : key] ?? null;
}
