import type { EditRequest } from '../../../../mask/document/editRequests';
import type { Label } from '../../../../protocol/editorPage';
import type { PageAction } from '../../../../protocol/pageActions';
import { actionOf } from '../../model/keys';
import type { Labelling } from '../../model/labelling';
import type { LabelColourPicker } from './colourPicker';
import type { LabelGrid } from './labelGrid';
import { cells, type LabelCell } from './labelRow';

/** The actions on the label of a row. */
export interface RowActions {
  select(label: Label): void;
  rename(label: Label): void;
  recolour(label: Label): void;
  toggleShown(label: Label): void;
  isolate(label: Label): void;
  toggleLock(label: Label): void;
}

/** The action of a click or Enter on a cell. */
export const cellAction: Record<LabelCell, keyof RowActions> = {
  colour: 'recolour',
  name: 'select',
  show: 'toggleShown',
  isolate: 'isolate',
  lock: 'toggleLock',
  area: 'select',
};

/** The row's action for actions of the page, whose keys act on the row's label in the list. */
const rowActionOf: Partial<Record<PageAction, keyof RowActions>> = {
  'labels.rename': 'rename',
  'labels.recolour': 'recolour',
  'labels.hide': 'toggleShown',
  'labels.isolate': 'isolate',
  'labels.lock': 'toggleLock',
};

/**
 * The cell that a key moves the focus to; null for other keys.
 * @param page number of visible rows
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
  return { index: at.index, cell: cells.at(cell)! };
}

/** The action of a key, named as by `keyOf`, on a cell; null for keys without one. */
export function keyAction(key: string, cell: LabelCell): keyof RowActions | null {
  if (key === 'enter') return cell === 'name' ? 'rename' : cellAction[cell];
  if (key === ' ') return 'toggleShown';
  const action = actionOf(key);
  return (action && rowActionOf[action]) ?? null;
}

/** Makes the actions of the rows. Hiding and locking apply to all selected labels if the row's label is selected. */
export function makeRowActions(
  grid: LabelGrid,
  labelling: Labelling,
  colours: LabelColourPicker,
  edit: (edit: EditRequest) => void,
): RowActions {
  const affectedLabels = (label: Label): Label[] => {
    const selected = labelling.selectedLabels;
    return selected.includes(label) ? selected : [label];
  };
  return {
    select: label => {
      labelling.select([labelling.representativeOf(label)]);
    },
    rename: label => {
      grid.rowOf(label)?.rename(label.name, name => {
        const current = labelling.mask?.labels.find(({ value }) => value === label.value);
        if (name !== null && current?.name === label.name) edit({ kind: 'rename', value: label.value, name });
        grid.element.focus();
      });
    },
    recolour: label => {
      const place = grid.rowOf(label)?.element.getBoundingClientRect();
      if (place) colours.open(place, label);
    },
    toggleShown: label => {
      const representatives = affectedLabels(label).map(affected => labelling.representativeOf(affected));
      labelling.setVisibility(labelling.visibility.toggle(...representatives));
    },
    isolate: label => {
      labelling.setVisibility(labelling.visibility.isolate(labelling.representativeOf(label)));
    },
    toggleLock: label => {
      edit({ kind: 'lock', values: affectedLabels(label).map(({ value }) => value), locked: !label.locked });
    },
  };
}
