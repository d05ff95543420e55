import * as vscode from 'vscode';
import type { ChangeClassResult } from '../../protocol/classMessages';

/** The most masks that a message names. */
const mostNamed = 5;

/** What the user is asked before a change: the question, what it means, and the button that does it. */
export function questionAbout({ summary, masks, labels }: ChangeClassResult) {
  const { name, to = '' } = summary;
  const detail =
    masks.length === 0
      ? vscode.l10n.t('No mask of the folder has labels of this class. The class list changes.')
      : vscode.l10n.t(
          'Labels: {0}, masks: {1}. The class list and all these masks change. They keep their status. The change can be undone.',
          labels,
          masks.length,
        );
  switch (summary.kind) {
    case 'rename':
      return { question: vscode.l10n.t('Rename ‘{0}’ to ‘{1}’?', name, to), detail, button: vscode.l10n.t('Rename') };
    case 'recolour':
      return {
        question: vscode.l10n.t('Change the colour of ‘{0}’ to {1}?', name, to),
        detail,
        button: vscode.l10n.t('Change Colour'),
      };
    case 'background':
      return {
        question: vscode.l10n.t('Make ‘{0}’ the background, to which pixels of no label belong?', name),
        detail:
          masks.length === 0
            ? vscode.l10n.t('No mask has to be written for this. The class list changes.')
            : vscode.l10n.t(
                'Masks whose values are class ids: {0}. The class list and all these masks change. They keep their status. The change can be undone.',
                masks.length,
              ),
        button: vscode.l10n.t('Make Background'),
      };
    case 'merge':
      return { question: vscode.l10n.t('Merge ‘{0}’ into ‘{1}’?', name, to), detail, button: vscode.l10n.t('Merge') };
    case 'remove':
      return {
        question: vscode.l10n.t('Remove the class ‘{0}’? Its labels stay, without a class.', name),
        detail,
        button: vscode.l10n.t('Remove'),
      };
  }
}

/** The message about a change that was made, or taken back. */
export function describeDone({ summary, masks, obstacles }: ChangeClassResult): string {
  const { name, to = '', takenBack } = summary;
  const left =
    takenBack && obstacles.length > 0 ? ` ${vscode.l10n.t('Masks left as they are: {0}.', obstacles.length)}` : '';
  const done = {
    rename: () => vscode.l10n.t('‘{0}’ is called ‘{1}’ now. Masks changed: {2}.', name, to, masks.length),
    recolour: () => vscode.l10n.t('‘{0}’ has the colour {1} now. Masks changed: {2}.', name, to, masks.length),
    background: () => vscode.l10n.t('‘{0}’ is the background now. Masks changed: {1}.', name, masks.length),
    merge: () => vscode.l10n.t('‘{0}’ is merged into ‘{1}’. Masks changed: {2}.', name, to, masks.length),
    remove: () => vscode.l10n.t('The class ‘{0}’ is removed. Masks changed: {1}.', name, masks.length),
  };
  const back = () => vscode.l10n.t('The change of ‘{0}’ is taken back. Masks changed: {1}.', name, masks.length);
  return `${takenBack ? back() : done[summary.kind]()}${left}`;
}

/** The first masks in the way of a change, with the reasons. */
export function obstacleList({ obstacles }: ChangeClassResult): string {
  const named = obstacles.slice(0, mostNamed).map(({ path, reason }) => `${path}: ${reason}`);
  const more = obstacles.length - named.length;
  return `${named.join('; ')}${more > 0 ? ` ${vscode.l10n.t('and {0} more', more)}` : ''}.`;
}
