import * as l10n from '@vscode/l10n';
import type { EditRequest } from '../../../mask/document/editRequests';
import type { LabelView } from '../../../protocol/editorPage';
import { placeOn } from '../view/gestures';
import { labelUnder, type Desk } from './toolContext';

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

/**
 * VS Code's own context menu over the page (`webview/context` in package.json). A right-click on a label that is not
 * selected selects it, as everywhere; the menu's conditions are told what it is for: `labels` or the `picture`, and how
 * many are selected.
 * @param labelOf the region that stands for the label under the pointer in a list; null beside all
 */
export function offerContextMenu(
  desk: Desk,
  stage: HTMLElement,
  list: HTMLElement,
  labelOf: (target: Element) => number | null,
): void {
  const offer = (place: HTMLElement, event: MouseEvent, find: () => number | null): void => {
    const { labelling } = desk;
    const byPointer = event instanceof PointerEvent && event.pointerType !== '';
    const label = byPointer ? find() : labelling.selection.primary; // the keyboard's menu is for what is selected
    if (label !== null && !labelling.selection.has(label)) labelling.select([label]);
    const section = label === null ? 'picture' : 'labels';
    place.dataset.vscodeContext = JSON.stringify({
      webviewSection: section,
      labellessSelected: labelling.selectedLabels.length,
    });
  };
  stage.addEventListener('contextmenu', event => {
    offer(stage, event, () => labelUnder(desk, placeOn(stage, event)));
  });
  list.addEventListener('contextmenu', event => {
    offer(list, event, () => labelOf(event.target as Element));
  });
}
