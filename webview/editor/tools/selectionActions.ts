import * as l10n from '@vscode/l10n';
import type { EditRequest } from '../../../mask/document/editRequests';
import type { Label } from '../../../protocol/editorPage';
import { isMenuByPointer } from '../geometry/menuPlace';
import { pointerPosition } from '../view/gestures';
import { labelUnderPointer, type ToolContext } from './toolContext';

/** An edit of all selected labels. */
export type SelectionAction = 'merge' | 'split' | 'finer' | 'delete';

/** An edit of all selected labels as a button shows it. */
export interface SelectionActionDescription {
  readonly action: SelectionAction;
  /** A name of VS Code's icon font. */
  readonly icon: string;
  readonly title: string;
  readonly hint: string;
  /** How many labels must be selected. */
  readonly minimumLabels: number;
}

export const selectionActions: readonly SelectionActionDescription[] = [
  {
    action: 'merge',
    icon: 'merge',
    title: l10n.t('Merge'),
    hint: l10n.t('Make one label of the selected ones'),
    minimumLabels: 2,
  },
  {
    action: 'split',
    icon: 'split-horizontal',
    title: l10n.t('Split'),
    hint: l10n.t('Make a label of each connected part'),
    minimumLabels: 1,
  },
  {
    action: 'finer',
    icon: 'type-hierarchy-sub',
    title: l10n.t('Finer Here'),
    hint: l10n.t('Divide the selected labels where their regions merged last'),
    minimumLabels: 1,
  },
  {
    action: 'delete',
    icon: 'trash',
    title: l10n.t('Delete'),
    hint: l10n.t('Make background of the selected labels'),
    minimumLabels: 1,
  },
];

/** Requests an edit of the selected labels; shows a hint where too few are selected. */
export function actOnSelection(action: SelectionAction, { queue, labelling, showHint }: ToolContext): void {
  const minimum = selectionActions.find(description => description.action === action)?.minimumLabels ?? 1;
  const selected = labelling.rememberSelection();
  queue.add({
    request: () => {
      const labels = selected();
      if (labels.length >= minimum) return requestFor(action, labels);
      showHint(
        action === 'merge' ? l10n.t('Select two labels or more to merge them.') : l10n.t('Select a label first.'),
      );
      return null;
    },
  });
}

function requestFor(action: SelectionAction, labels: readonly Label[]): EditRequest {
  const values = labels.map(label => label.value);
  if (action === 'merge') return { kind: 'merge', values, into: mergeTarget(labels).value };
  return { kind: action === 'delete' ? 'erase' : action, values };
}

/** The label whose name and colour a merge keeps: the largest that a user has named, else the largest. */
function mergeTarget(labels: readonly Label[]): Label {
  const named = labels.filter(label => label.name !== `Region ${label.value}`);
  return (named.length > 0 ? named : labels).reduce((most, label) => (label.area > most.area ? label : most));
}

/**
 * Prepares VS Code's own context menu over the stage and the label list (`webview/context` in package.json). A
 * right-click on a label that is not selected selects it. The data attribute has what the menu's conditions depend on:
 * whether the menu is for labels or for the picture, and how many labels are selected.
 * @param representativeAt the representative of the label in whose row of the list an element is; null for none
 */
export function attachContextMenu(
  context: ToolContext,
  stage: HTMLElement,
  list: HTMLElement,
  representativeAt: (target: Element) => number | null,
): void {
  const { labelling } = context;
  const prepare = (container: HTMLElement, event: MouseEvent, labelAtPointer: () => number | null): void => {
    // The menu key is for what is selected.
    const label = isMenuByPointer(event) ? labelAtPointer() : labelling.selection.primary;
    if (label !== null && !labelling.selection.has(label)) labelling.select([label]);
    container.dataset.vscodeContext = JSON.stringify({
      webviewSection: label === null ? 'picture' : 'labels',
      labellessSelected: labelling.selectedLabels.length,
    });
  };
  stage.addEventListener('contextmenu', event => {
    prepare(stage, event, () => labelUnderPointer(context, pointerPosition(stage, event)));
  });
  list.addEventListener('contextmenu', event => {
    prepare(list, event, () => representativeAt(event.target as Element));
  });
}
