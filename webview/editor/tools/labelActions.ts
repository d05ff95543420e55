import * as l10n from '@vscode/l10n';
import type { EditRequest, LabelView } from '../../../protocol/editor';
import type { Desk } from './toolContext';

/** Edits of the selected labels as a whole. */
export type LabelAction = 'merge' | 'split' | 'finer' | 'delete';

export interface ActionLook {
  readonly action: LabelAction;
  readonly icon: string;
  readonly title: string;
  readonly hint: string;
  readonly least: number;
}

export const actionLooks: readonly ActionLook[] = [
  {
    action: 'merge',
    icon: 'merge',
    title: l10n.t('Merge'),
    hint: l10n.t('Make one label of the selected ones'),
    least: 2,
  },
  {
    action: 'split',
    icon: 'split-horizontal',
    title: l10n.t('Split'),
    hint: l10n.t('Make a label of each connected part'),
    least: 1,
  },
  {
    action: 'finer',
    icon: 'type-hierarchy-sub',
    title: l10n.t('Finer Here'),
    hint: l10n.t('Divide the selected labels where their regions merged last'),
    least: 1,
  },
  {
    action: 'delete',
    icon: 'trash',
    title: l10n.t('Delete'),
    hint: l10n.t('Make background of the selected labels'),
    least: 1,
  },
];

/** Asks for an edit of the selected labels; without enough of them says so. */
export function actOnSelection(action: LabelAction, desk: Desk): void {
  desk.queue.ask({
    request: () => {
      const labels = desk.labelling.selectedLabels;
      if (labels.length >= actionLooks.find(look => look.action === action)!.least) return requestFor(action, labels);
      desk.refuse(
        action === 'merge' ? l10n.t('Select two labels or more to merge them.') : l10n.t('Select a label first.'),
      );
      return null;
    },
  });
}

function requestFor(action: LabelAction, labels: readonly LabelView[]): EditRequest {
  const values = labels.map(label => label.value);
  if (action === 'merge') return { kind: 'merge', values, into: keptByMerge(labels).value };
  return { kind: action === 'delete' ? 'erase' : action, values };
}

/** Of several labels the one whose name and colour stay: the largest that a user has named, else the largest. */
export function keptByMerge(labels: readonly LabelView[]): LabelView {
  const named = labels.filter(label => label.name !== `Region ${label.value}`);
  return (named.length > 0 ? named : labels).reduce((most, label) => (label.area > most.area ? label : most));
}
