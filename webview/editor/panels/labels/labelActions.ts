import type { EditRequest } from '../../../../mask/document/editRequests';
import type { LabelView } from '../../../../protocol/editorPage';
import type { PageAction } from '../../../../protocol/pageActions';
import { actionOf } from '../../model/keys';
import type { Labelling } from '../../model/labelling';
import type { LabelColourPicker } from './colourPicker';
import type { LabelGrid } from './labelGrid';
import { cells, type LabelCell } from './labelRow';

/** What can be done with one label. */
export interface RowActions {
  select(index: number): void;
  rename(index: number): void;
  recolour(index: number): void;
  toggleShown(index: number): void;
  isolate(index: number): void;
  toggleLock(index: number): void;
}

/** What activating a cell, by click or Enter, does. */
export const cellAction: Record<LabelCell, keyof RowActions> = {
  colour: 'recolour',
  name: 'select',
  show: 'toggleShown',
  isolate: 'isolate',
  lock: 'toggleLock',
  area: 'select',
};

/** Keys mean here what they mean on all of the page, but for the row's label. */
const rowActionOf: Partial<Record<PageAction, keyof RowActions>> = {
  'labels.rename': 'rename',
  'labels.recolour': 'recolour',
  'labels.hide': 'toggleShown',
  'labels.isolate': 'isolate',
  'labels.lock': 'toggleLock',
};

/**
 * Where a key takes the keyboard in the grid, by rows and cells; null where it does not move. `page` is rows in sight.
 */
export function nextCell(
  key: string,
  at: { index: number; cell: LabelCell },
  count: number,
  page: number,
): { index: number; cell: LabelCell } | null {
  const index = {
    ArrowDown: at.index + 1,
    ArrowUp: at.index - 1,
    PageDown: at.index + page,
    PageUp: at.index - page,
    Home: 0,
    End: count - 1,
  }[key];
  if (index !== undefined) return { index: Math.max(0, Math.min(count - 1, index)), cell: at.cell };
  const side = { ArrowLeft: -1, ArrowRight: 1 }[key];
  if (side === undefined) return null;
  const cell = Math.max(0, Math.min(cells.length - 1, cells.indexOf(at.cell) + side));
  return { index: at.index, cell: cells[cell] };
}

/** What a key, as `keyOf` names it, does to the label that the keyboard is on; null for keys of no meaning here. */
export function keyAction(key: string, cell: LabelCell): keyof RowActions | null {
  if (key === 'enter') return cell === 'name' ? 'rename' : cellAction[cell];
  if (key === ' ') return 'toggleShown';
  const action = actionOf(key);
  return (action && rowActionOf[action]) ?? null;
}

/**
 * What can be done with a row of the list; hiding and locking go for all selected labels where the row's is one of
 * them.
 */
export function makeRowActions(
  grid: LabelGrid,
  labelling: Labelling,
  colours: LabelColourPicker,
  edit: (edit: EditRequest) => void,
): RowActions {
  const representative = (index: number): number => labelling.representativeOf(grid.rows[index]);
  const affectedLabels = (index: number): LabelView[] => {
    const selected = labelling.selectedLabels;
    return selected.includes(grid.rows[index]) ? selected : [grid.rows[index]];
  };
  return {
    select: index => {
      labelling.select([representative(index)]);
    },
    rename: index => {
      const label = grid.rows[index];
      grid.rowOf(label)?.rename(label.name, name => {
        const still = labelling.mask?.labels.find(one => one.value === label.value)?.name === label.name;
        if (name !== null && still) edit({ kind: 'rename', value: label.value, name });
        grid.element.focus();
      });
    },
    recolour: index => {
      const box = grid.rowOf(grid.rows[index])?.element.getBoundingClientRect();
      if (box) colours.open(box, grid.rows[index]);
    },
    toggleShown: index => {
      labelling.setVisibility(
        labelling.visibility.toggle(...affectedLabels(index).map(one => labelling.representativeOf(one))),
      );
    },
    isolate: index => {
      labelling.setVisibility(labelling.visibility.isolate(representative(index)));
    },
    toggleLock: index => {
      edit({ kind: 'lock', values: affectedLabels(index).map(label => label.value), locked: !grid.rows[index].locked });
    },
  };
}
