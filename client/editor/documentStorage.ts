import * as vscode from 'vscode';
import type { MaskDocument } from '../../mask/document/maskDocument';
import { reasonOf } from '../../mask/errors';
import { fromBackup, toBackup } from '../../mask/files/maskFiles';
import { nameOf, type MaskLocation } from '../common/maskLocations';
import { hashOnDisk, saveMask } from '../common/maskStorage';
import type { ImageDocument } from './imageDocument';
import type { MasksAhead } from './masksAhead';

/** Milliseconds for which a backup is kept after VS Code has deleted it. */
const backupGrace = 15_000;

/** Reads, saves and backs up the masks of documents, without the server. */
export class DocumentStorage {
  constructor(
    private readonly version: string,
    private readonly ahead: MasksAhead,
  ) {}

  /**
   * Reads a document's mask from disk. Where there is no mask, the document has none either.
   * @param keepsEdits leaves a document as it is that is edited meanwhile
   * @throws Error naming the mask when it cannot be read
   */
  async read(document: ImageDocument, keepsEdits = false): Promise<void> {
    const before = document.state;
    const stored = await this.ahead.load(document.location, document.uri);
    if (keepsEdits && document.state !== before) return;
    document.diskHash = stored?.hash;
    const message = stored?.messages.join(' ');
    document.note = stored?.state.hierarchy ? undefined : message;
    document.set(stored?.state ?? null);
    document.ofAnotherImage = stored?.isOfAnotherImage ? stored.state : undefined;
    if (message && !document.note) void vscode.window.showWarningMessage(message);
  }

  /** Gives a document the unsaved state of a backup. The user is informed when the backup is lost or damaged. */
  async restore(document: ImageDocument, backup: vscode.Uri): Promise<void> {
    try {
      document.set(fromBackup(new Uint8Array(await vscode.workspace.fs.readFile(backup))).state);
      document.diskHash = await hashOnDisk(document.location);
    } catch (error) {
      await this.read(document);
      void vscode.window.showWarningMessage(
        vscode.l10n.t(
          'Unsaved changes to the mask of {0} could not be brought back: {1}',
          nameOf(document.uri),
          reasonOf(error),
        ),
      );
    }
  }

  /** Writes a document's unsaved state into the file that VS Code names, until VS Code deletes the backup. */
  async backUp(document: ImageDocument, destination: vscode.Uri): Promise<vscode.CustomDocumentBackup> {
    await vscode.workspace.fs.createDirectory(vscode.Uri.joinPath(destination, '..'));
    await vscode.workspace.fs.writeFile(destination, document.model ? toBackup(document.model) : new Uint8Array());
    return {
      id: destination.toString(),
      delete: () => {
        deleteLater(destination);
      },
    };
  }

  /**
   * Saves a document's mask, if it has one. Asks the user first when another program changed the mask on disk.
   * @throws Error naming the file, the reason and the remedy; `CancellationError` when the user keeps what is on disk.
   */
  async save(document: ImageDocument): Promise<void> {
    if (!document.model) return;
    const there = await hashOnDisk(document.location);
    if (there !== undefined && there !== document.diskHash) await confirmOverwrite(document.location);
    document.diskHash = await this.write(document.location, document.model, document.uri, { hash: there });
  }

  /**
   * Saves a document's mask as another file, which is the mask's file from then on.
   * @throws Error when that file is an image and no mask, and the errors of `save`
   */
  async saveAs(document: ImageDocument, location: MaskLocation): Promise<void> {
    if (!document.model) throw new Error(vscode.l10n.t('{0} has no mask yet: segment it first.', nameOf(document.uri)));
    const hash = await this.write(location, document.model, document.uri);
    document.setLocation(location, hash);
    document.diskHash = hash;
  }

  /** Writes a mask, and tells the user what became of the one before where that is not plain. */
  private async write(
    location: MaskLocation,
    model: MaskDocument,
    image: vscode.Uri,
    judged?: { readonly hash: string | undefined },
  ): Promise<string> {
    const { hash, message } = await saveMask(location, model, image, this.version, judged);
    if (message !== undefined) void vscode.window.showWarningMessage(message);
    return hash;
  }
}

async function confirmOverwrite({ mask }: MaskLocation): Promise<void> {
  const overwrite = vscode.l10n.t('Overwrite');
  const choice = await vscode.window.showWarningMessage(
    vscode.l10n.t('{0} was changed by another program since it was read.', nameOf(mask)),
    {
      modal: true,
      detail: vscode.l10n.t('Overwriting it loses those changes. To see them instead, cancel and revert the file.'),
    },
    overwrite,
  );
  if (choice !== overwrite) throw new vscode.CancellationError();
}

/**
 * Deletes a backup after a while. When a window closes, VS Code makes another backup and deletes the one before, but
 * may end before it has recorded the new one: the next window then asks for the old one, which must still exist.
 */
function deleteLater(backup: vscode.Uri): void {
  setTimeout(() => {
    void vscode.workspace.fs.delete(backup).then(undefined, () => undefined);
  }, backupGrace).unref();
}
