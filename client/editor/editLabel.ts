import * as vscode from 'vscode';
import type { EditKind } from '../../mask/document/editRequests';

/** The name of an edit in VS Code's *Edit* menu. */
export function editLabel(kind: EditKind): string {
  switch (kind) {
    case 'granularity':
      return vscode.l10n.t('Change Granularity');
    case 'rename':
      return vscode.l10n.t('Rename Label');
    case 'recolour':
      return vscode.l10n.t('Change Colour');
    case 'lock':
      return vscode.l10n.t('Lock or Unlock Label');
    case 'assign':
      return vscode.l10n.t('Assign Label');
    case 'classify':
      return vscode.l10n.t('Change Class');
    case 'palette':
      return vscode.l10n.t('Change Palette');
    case 'merge':
      return vscode.l10n.t('Merge Labels');
    case 'split':
      return vscode.l10n.t('Split Label');
    case 'finer':
      return vscode.l10n.t('Divide Label');
    case 'erase':
      return vscode.l10n.t('Delete Label');
    case 'stroke':
      return vscode.l10n.t('Brush Stroke');
    case 'polygon':
      return vscode.l10n.t('Polygon');
    case 'outline':
      return vscode.l10n.t('Change Outline');
    case 'fill':
      return vscode.l10n.t('Fill');
    case 'scribble':
      return vscode.l10n.t('Scribble');
    case 'unscribble':
      return vscode.l10n.t('Delete Scribbles');
    case 'take':
      return vscode.l10n.t('Take Object');
    case 'giveBack':
      return vscode.l10n.t('Give Back Object');
    case 'status':
      return vscode.l10n.t('Change Status');
  }
}
