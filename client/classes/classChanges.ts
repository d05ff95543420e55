import path from 'node:path';
import * as vscode from 'vscode';
import type { ClassChange } from '../../mask/classes/classChange';
import { ChangeClassRequest, type ChangeClassParams, type ChangeClassResult } from '../../protocol/classMessages';
import { nameOf } from '../common/maskLocations';
import { reportError } from '../common/report';
import { isDirty } from '../common/tabs';
import type { ImageDocument } from '../editor/imageDocument';
import type { MaskEditors } from '../editor/maskEditorFeature';
import { isPathOf } from '../common/samePath';
import type { Server } from '../server/server';
import { describeDone, obstacleList, questionAbout } from './classChangeTexts';

/** Changes classes in all masks of their folders: has what is unsaved saved, asks, and offers to take it back. */
export class ClassChanges {
  constructor(
    private readonly server: Server,
    private readonly editors: MaskEditors,
  ) {}

  /**
   * Has the user save the class file and the masks that have their classes from it, where editors have unsaved changes
   * to them.
   * @returns false when the user does not
   */
  async savedFirst(file: string): Promise<boolean> {
    const texts = vscode.workspace.textDocuments.filter(text => text.isDirty && isPathOf(text.uri, file));
    const masks = this.openMasks(file).filter(({ uri }) => isDirty(uri));
    const names = [...texts, ...masks].map(({ uri }) => nameOf(uri));
    if (names.length === 0) return true;
    const save = vscode.l10n.t('Save and Go On');
    const choice = await vscode.window.showWarningMessage(
      vscode.l10n.t('There are unsaved changes that a change of a class would miss.'),
      { modal: true, detail: vscode.l10n.t('These have to be saved first: {0}.', names.join(', ')) },
      save,
    );
    if (choice !== save) return false;
    for (const document of masks) await this.editors.provider.save(document);
    for (const text of texts)
      if (!(await text.save())) throw new Error(vscode.l10n.t('{0} was not saved.', nameOf(text.uri)));
    return true;
  }

  /** Makes a change, after telling the user what it changes and asking. */
  async make(file: string, change: ClassChange): Promise<void> {
    const told = await this.request(file, { change, dryRun: true });
    if (told.obstacles.length > 0) throw new Error(obstructed(told));
    const { question, detail, button } = questionAbout(told);
    if ((await vscode.window.showWarningMessage(question, { modal: true, detail }, button)) !== button) return;
    const result = await this.request(file, { change });
    if (!result.done) throw new Error(obstructed(result));
    await this.readAgain(file);
    this.offerUndo(file, result);
  }

  /** Takes the last change back. Masks that were changed since stay as they are if the user agrees. */
  async takeBack(file: string): Promise<void> {
    let result = await this.request(file, { change: { kind: 'takeBack' } });
    if (!result.done) {
      const others = vscode.l10n.t('Take Back in the Others');
      const choice = await vscode.window.showWarningMessage(
        vscode.l10n.t('Some masks were changed since, so nothing was taken back.'),
        { modal: true, detail: obstacleList(result) },
        others,
      );
      if (choice !== others) return;
      result = await this.request(file, { change: { kind: 'takeBack', exceptChanged: true } });
    }
    await this.readAgain(file);
    this.offerUndo(file, result);
  }

  private async request(
    file: string,
    params: Pick<ChangeClassParams, 'change' | 'dryRun'>,
  ): Promise<ChangeClassResult> {
    const folder = vscode.Uri.file(path.dirname(file)).toString();
    const title = params.dryRun ? vscode.l10n.t('Reading masks') : vscode.l10n.t('Changing masks');
    return vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, cancellable: true, title },
      (_, token) => this.server.request(ChangeClassRequest, { folder, ...params }, { token }),
    );
  }

  /** Has open editors show masks as they are on disk now, also those of which only the sidecar has changed. */
  private async readAgain(file: string): Promise<void> {
    for (const document of this.openMasks(file))
      if (!isDirty(document.uri)) await this.editors.provider.readAgain(document);
  }

  private openMasks(file: string): ImageDocument[] {
    return this.editors.all().filter(({ classes }) => classes.file?.file === file);
  }

  private offerUndo(file: string, result: ChangeClassResult): void {
    const again = result.summary.takenBack ? vscode.l10n.t('Redo') : vscode.l10n.t('Undo');
    const undo = async () => {
      if ((await vscode.window.showInformationMessage(describeDone(result), again)) !== again) return;
      if (await this.savedFirst(file)) await this.takeBack(file);
    };
    undo().catch(reportError);
  }
}

function obstructed(result: ChangeClassResult): string {
  return vscode.l10n.t('Nothing was changed, since some masks cannot be: {0}', obstacleList(result));
}
