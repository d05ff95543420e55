import * as vscode from 'vscode';
import type { ComparisonTarget } from '../../protocol/editorPage';
import type { CommandHandlers } from '../common/commands';
import { nameOf } from '../common/maskLocations';
import { reportError } from '../common/report';
import { choose } from '../common/questions';
import type { ImageDocument } from '../editor/imageDocument';
import type { MaskEditors } from '../editor/maskEditorFeature';
import type { Server } from '../server/server';
import { chooseMethod, otherFile, otherMask } from './comparisons';

interface Choice extends vscode.QuickPickItem {
  choose(): Promise<ComparisonTarget | undefined>;
}

/** The first difference of the other granularity from the mask's own. */
const otherGranularity = 0.2;

/** Activates the comparison of an editor's mask with something else: *Compare With…* and *Stop Comparing*. */
export function activateComparison(commands: CommandHandlers, server: Server, editors: MaskEditors): void {
  commands.add('compareWith', async () => {
    const document = editors.active();
    if (document) await compareWith(document, server);
  });
  commands.add('stopComparing', () => {
    editors.active()?.compare(null);
  });
  editors.provider.onRequest(({ type, document }) => {
    if (type === 'compareWith') compareWith(document, server).catch(reportError);
  });
}

/**
 * Asks the user what to compare a document's mask with, and starts the comparison.
 * @throws Error naming the file that cannot be compared
 */
async function compareWith(document: ImageDocument, server: Server): Promise<void> {
  const choice = await choose(choicesFor(document, server), {
    placeHolder: vscode.l10n.t('Compare the mask of {0} with', nameOf(document.uri)),
  });
  const against = await choice?.choose();
  if (against) document.compare(against);
}

function choicesFor(document: ImageDocument, server: Server): Choice[] {
  const { shown, diskHash } = document;
  const choices: Choice[] = [
    {
      label: vscode.l10n.t('Picture'),
      description: vscode.l10n.t('without labels'),
      choose: () => Promise.resolve({ kind: 'picture' }),
    },
  ];
  if (shown?.state.hierarchy) {
    const now = shown.state.granularity;
    const granularity = now >= 0.5 ? now - otherGranularity : now + otherGranularity;
    choices.push({
      label: vscode.l10n.t('Another Granularity'),
      description: vscode.l10n.t('of the same regions, by a slider'),
      choose: () => Promise.resolve({ kind: 'granularity', granularity }),
    });
  }
  if (diskHash !== undefined)
    choices.push({
      label: vscode.l10n.t('Saved Mask'),
      description: vscode.l10n.t('as it is now; it stays on the left when you save again'),
      choose: () => otherMask(document, document.location, vscode.l10n.t('Saved mask')),
    });
  choices.push(
    {
      label: vscode.l10n.t('Another Method…'),
      description: vscode.l10n.t('segmented now, beside the mask'),
      choose: () => chooseMethod(document, server),
    },
    {
      label: vscode.l10n.t('Mask File…'),
      description: vscode.l10n.t('a truth, or the result of another program'),
      choose: () => chooseFile(document, server),
    },
  );
  return choices;
}

async function chooseFile(document: ImageDocument, server: Server): Promise<ComparisonTarget | undefined> {
  const title = vscode.l10n.t('Compare With');
  const [file] =
    (await vscode.window.showOpenDialog({
      title,
      openLabel: title,
      defaultUri: vscode.Uri.joinPath(document.location.mask, '..'),
      filters: { [vscode.l10n.t('Masks, LabelMe or COCO')]: ['png', 'json'] },
    })) ?? [];
  return file && otherFile(document, file, server);
}
