import * as vscode from 'vscode';
import { fromBackup, toBackup } from '../../mask/files/maskFiles';
import { nameOf, type MaskLocation } from '../common/maskLocations';
import { hashOnDisk, loadMask, saveMask } from '../common/maskStorage';
import type { ImageDocument } from './imageDocument';

/** Milliseconds that a backup outlives its successor. */
const backupGrace = 15_000;

/** What passes between a document and the disk. Needs no server. */
export class Disk {
  constructor(private readonly version: string) {}

  /**
   * Reads the document's mask anew; without one on disk there is none.
   * @throws Error naming the mask when it cannot be read.
   */
  async read(document: ImageDocument): Promise<void> {
    const stored = await loadMask(document.location, document.uri);
    document.diskHash = stored?.hash;
    const message = stored?.messages.join(' ');
    document.note = stored?.state.hierarchy ? undefined : message;
    document.set(stored?.state ?? null);
    if (message && !document.note) void vscode.window.showWarningMessage(message);
  }

  /** Takes the unsaved state of a backup; where that is gone or damaged, the mask on disk, and says so. */
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
          error instanceof Error ? error.message : String(error),
        ),
      );
    }
  }

  /** Keeps the unsaved state as the file that VS Code names, until it deletes it. */
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
   * Saves the mask, asking first when another program changed it on disk. Without a mask there is nothing to save.
   * @throws Error naming the file, the reason and the remedy; `CancellationError` when the user keeps what is on disk.
   */
  async save(document: ImageDocument): Promise<void> {
    if (!document.model) return;
    const there = await hashOnDisk(document.location);
    if (there !== undefined && there !== document.diskHash) await confirmOverwrite(document.location);
    document.diskHash = await saveMask(document.location, document.model, document.uri, this.version);
  }

  /**
   * Saves the mask as another file, which is its own from then on.
   * @throws Error when that holds an image that is no mask, and as `save`.
   */
  async saveAs(document: ImageDocument, location: MaskLocation): Promise<void> {
    if (!document.model) throw new Error(vscode.l10n.t('{0} has no mask yet: segment it first.', nameOf(document.uri)));
    const hash = await saveMask(location, document.model, document.uri, this.version);
    document.setLocation(location, hash);
    document.diskHash = hash;
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
 * A window that closes has VS Code back up once more and forget the backup before, but it may be gone before it notes
 * the new one: the next window then asks for the old one, which must still be there.
 */
function deleteLater(backup: vscode.Uri): void {
  setTimeout(() => {
    void vscode.workspace.fs.delete(backup).then(undefined, () => undefined);
  }, backupGrace).unref();
}
