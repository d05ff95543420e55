import type { EditRequest, LabelView } from '../../../../protocol/editor';
import type { Labelling } from '../../model/labelling';
import type { LabelActions } from './gridKeys';
import type { LabelColours } from './labelColours';
import type { LabelGrid } from './labelGrid';

/**
 * What can be done with a row of the list; hiding and locking go for all selected labels where the row's is one of
 * them.
 */
export function rowActions(
  grid: LabelGrid,
  labelling: Labelling,
  colours: LabelColours,
  edit: (edit: EditRequest) => void,
): LabelActions {
  const representative = (index: number): number => labelling.representativeOf(grid.rows[index]);
  const meant = (index: number): LabelView[] => {
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
      labelling.setVisibility(labelling.visibility.toggle(...meant(index).map(one => labelling.representativeOf(one))));
    },
    isolate: index => {
      labelling.setVisibility(labelling.visibility.isolate(representative(index)));
    },
    toggleLock: index => {
      edit({ kind: 'lock', values: meant(index).map(label => label.value), locked: !grid.rows[index].locked });
    },
  };
}
