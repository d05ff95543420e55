import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { imageCandidates, isMaskName, maskCandidates, nameLookup, sidecarName } from '../../mask/files/fileNames';
import { namesIn } from './localFiles';

/** Where the mask of an image and its sidecar are, or are to be saved. */
export interface MaskLocation {
  readonly mask: vscode.Uri;
  readonly sidecar: vscode.Uri;
}

/** The name of a file without its folder. */
export function nameOf(uri: vscode.Uri): string {
  return path.posix.basename(uri.path);
}

/** The folder that a file is in. */
export function folderOf(uri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(uri, '..');
}

/** The location of a mask file and of the sidecar beside it. */
export function locationAt(mask: vscode.Uri): MaskLocation {
  return { mask, sidecar: vscode.Uri.joinPath(folderOf(mask), sidecarName(nameOf(mask))) };
}

/** The key in the workspace's memory for masks that were saved where the user chose: mask by image, both as URIs. */
const memoryKey = 'labelless.savedAs';

/**
 * Finds masks: where the settings put them, or where the user saved them by *Save Mask As*, which the workspace
 * remembers.
 */
export class MaskLocations {
  constructor(private readonly memory: vscode.Memento) {}

  /** The location of an image's mask. */
  async locationOf(image: vscode.Uri): Promise<MaskLocation> {
    const chosen = this.chosen()[image.toString()];
    return chosen === undefined ? usualLocation(image) : locationAt(vscode.Uri.parse(chosen));
  }

  /** Remembers that an image's mask is at `mask`, unless the settings give the same location. */
  async remember(image: vscode.Uri, mask: vscode.Uri): Promise<void> {
    const others = Object.entries(this.chosen()).filter(([other]) => other !== image.toString());
    const usual = (await usualLocation(image)).mask.toString() === mask.toString();
    await this.memory.update(
      memoryKey,
      Object.fromEntries(usual ? others : [...others, [image.toString(), mask.toString()]]),
    );
  }

  /** The image that a mask belongs to. @throws Error naming the mask when none is found */
  async imageOf(mask: vscode.Uri): Promise<vscode.Uri> {
    const chosen = Object.entries(this.chosen()).find(([, other]) => other === mask.toString());
    return chosen ? vscode.Uri.parse(chosen[0]) : findImage(mask);
  }

  private chosen(): Record<string, string> {
    return this.memory.get<Record<string, string>>(memoryKey, {});
  }
}

/**
 * The location of an image's mask by the settings: in the output folder, or beside the image. An existing mask precedes
 * the name that a new one would get, since images of the same stem come and go.
 */
async function usualLocation(image: vscode.Uri): Promise<MaskLocation> {
  const output = outputFolder(image);
  const beside = folderOf(image);
  const folder = output === undefined ? beside : image.with({ path: vscode.Uri.file(output).path });
  const siblings = await namesIn(beside);
  const [first, second] = maskCandidates(nameOf(image), siblings);
  const present = nameLookup(output === undefined ? siblings : await namesIn(folder));
  const shared = first === `${nameOf(image)}.mask.png`; // then the short name is not this image's alone
  const existing = present(first) ?? (shared ? undefined : present(second));
  return locationAt(vscode.Uri.joinPath(folder, existing ?? first));
}

/**
 * The image that a mask belongs to: beside it, or anywhere in the workspace where the settings put masks into a folder.
 * @throws Error naming the mask when there is none
 */
async function findImage(mask: vscode.Uri): Promise<vscode.Uri> {
  const name = nameOf(mask);
  const folder = folderOf(mask);
  const [beside] = imageCandidates(name, await namesIn(folder));
  if (beside !== undefined) return vscode.Uri.joinPath(folder, beside);
  if (isMaskName(name)) {
    const stem = name.slice(0, -'.mask.png'.length).replace(/[[\]{}*?]/g, '?');
    const found = await vscode.workspace.findFiles(`**/${stem}*`, undefined, 1000);
    const likely = new Set(imageCandidates(name, found.map(nameOf)));
    for (const image of found.filter(uri => likely.has(nameOf(uri)))) {
      if ((await usualLocation(image)).mask.path === mask.path) return image;
    }
  }
  throw new Error(
    vscode.l10n.t(
      '{0}: its photo is neither beside it nor in the workspace. Open the photo itself in the mask editor.',
      name,
    ),
  );
}

/** The folder for masks that the settings name for an image; undefined where masks are saved beside the image. */
function outputFolder(image: vscode.Uri): string | undefined {
  return resolveFolder(vscode.workspace.getConfiguration('labelless.output', image).get('folder', ''), image);
}

/**
 * The absolute folder that a setting names for an image: `~` is the home folder, a relative path starts at the image's
 * workspace folder, or beside the image where it belongs to none. Undefined when the setting is empty.
 */
export function resolveFolder(setting: string, image: vscode.Uri): string | undefined {
  const folder = setting.trim();
  if (folder === '') return undefined;
  if (folder === '~' || /^~[\\/]/.test(folder)) return path.join(os.homedir(), folder.slice(1));
  const base = vscode.workspace.getWorkspaceFolder(image)?.uri.fsPath ?? path.dirname(image.fsPath);
  return path.resolve(base, folder);
}
