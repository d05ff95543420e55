import * as vscode from 'vscode';
import { statusOf } from '../../mask/document/statusOf';
import { overviewOf } from '../../mask/files/maskOverview';
import type { ListedImage } from '../../protocol/sessionMessages';
import type { MaskEditors } from '../editor/maskEditorFeature';
import type { ImageLister } from '../session/imageLister';

/** Lists images by reading their masks one after the other, without the server: for workspaces without trust. */
export class MaskLister implements ImageLister {
  constructor(private readonly editors: MaskEditors) {}

  async list(...[folder, only, onPart]: Parameters<ImageLister['list']>): Promise<readonly string[]> {
    for (const path of only ?? []) onPart([await this.look(folder, path)]);
    return [];
  }

  private async look(folder: vscode.Uri, path: string): Promise<ListedImage> {
    // What cannot be read has no mask here; its card says why.
    const mask = await this.editors.maskOf(vscode.Uri.joinPath(folder, ...path.split('/'))).catch(() => null);
    return mask
      ? { path, status: statusOf(mask.state), ...overviewOf(mask), stamp: '' }
      : { path, status: 'none', labels: 0, classes: [], uncertainty: null, stamp: '' };
  }
}
