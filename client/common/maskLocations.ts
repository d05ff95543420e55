import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { isMaskName, maskCandidates, photoCandidates, sidecarName } from '../../mask/files/fileNames';

/** Where an image's mask and its sidecar are, or will be. */
export interface MaskPlace {
  mask: vscode.Uri;
  sidecar: vscode.Uri;
}

export function nameOf(uri: vscode.Uri): string {
  return path.posix.basename(uri.path);
}

export function folderOf(uri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(uri, '..');
}

export function placeOf(mask: vscode.Uri): MaskPlace {
  return { mask, sidecar: vscode.Uri.joinPath(folderOf(mask), sidecarName(nameOf(mask))) };
}

async function namesIn(folder: vscode.Uri): Promise<string[]> {
  const entries = await vscode.workspace.fs.readDirectory(folder).then(
    found => found,
    () => [],
  ); // a folder that is not there yet holds nothing
  return entries.filter(([, type]) => (type & vscode.FileType.File) !== 0).map(([name]) => name);
}

/**
 * The place of an image's mask: in the output folder of the settings or beside the image. One that is there already
 * goes before the name that a new mask would get, since images of the same stem come and go.
 */
export async function placeFor(image: vscode.Uri): Promise<MaskPlace> {
  const output = outputFolder(image);
  const beside = folderOf(image);
  const folder = output === undefined ? beside : image.with({ path: vscode.Uri.file(output).path });
  const siblings = await namesIn(beside);
  const candidates = maskCandidates(nameOf(image), siblings);
  const present = new Set(output === undefined ? siblings : await namesIn(folder));
  const shared = candidates[0] === `${nameOf(image)}.mask.png`; // then the short name is not this image's alone
  const name = !shared && !present.has(candidates[0]) && present.has(candidates[1]) ? candidates[1] : candidates[0];
  return placeOf(vscode.Uri.joinPath(folder, name));
}

/**
 * The image that a mask belongs to: beside it, or anywhere in the workspace where the settings put masks into a folder.
 * @throws Error naming the mask when there is none.
 */
export async function photoOf(mask: vscode.Uri): Promise<vscode.Uri> {
  const name = nameOf(mask);
  const folder = folderOf(mask);
  const [beside] = photoCandidates(name, await namesIn(folder));
  if (beside !== undefined) return vscode.Uri.joinPath(folder, beside);
  if (isMaskName(name)) {
    const stem = name.slice(0, -'.mask.png'.length).replace(/[[\]{}*?]/g, '?');
    const found = await vscode.workspace.findFiles(`**/${stem}*`, undefined, 1000);
    const likely = new Set(photoCandidates(name, found.map(nameOf)));
    for (const photo of found.filter(uri => likely.has(nameOf(uri)))) {
      if ((await placeFor(photo)).mask.path === mask.path) return photo;
    }
  }
  throw new Error(
    vscode.l10n.t(
      '{0}: its photo is neither beside it nor in the workspace. Open the photo itself in the mask editor.',
      name,
    ),
  );
}

/**
 * The absolute folder that a setting names for an image: `~` is the home folder, a relative path starts at
 * the image's workspace folder, or beside the image where it belongs to none. Undefined when the setting is empty.
 */
export function resolveFolder(setting: string, image: vscode.Uri): string | undefined {
  const given = setting.trim();
  if (given === '') return undefined;
  if (given === '~' || /^~[\\/]/.test(given)) return path.join(os.homedir(), given.slice(1));
  const base = vscode.workspace.getWorkspaceFolder(image)?.uri.fsPath ?? path.dirname(image.fsPath);
  return path.resolve(base, given);
}

/** The output folder in force for an image, or undefined for beside the image. */
export function outputFolder(image: vscode.Uri): string | undefined {
  return resolveFolder(vscode.workspace.getConfiguration('labelless.output', image).get('folder', ''), image);
}

const key = 'labelless.savedAs';

/** Which images have their mask at a place of the user's choice, by *Save As*; kept with the workspace. */
export class Bindings {
  constructor(private readonly memory: vscode.Memento) {}

  /** Where an image's mask is, or will be. */
  async placeOf(image: vscode.Uri): Promise<MaskPlace> {
    const chosen = this.all()[image.toString()];
    return chosen === undefined ? placeFor(image) : placeOf(vscode.Uri.parse(chosen));
  }

  /** Remembers that an image's mask is at `mask`; what the settings say by themselves need not be remembered. */
  async bind(image: vscode.Uri, mask: vscode.Uri): Promise<void> {
    const others = Object.entries(this.all()).filter(([bound]) => bound !== image.toString());
    const usual = (await placeFor(image)).mask.toString() === mask.toString();
    await this.memory.update(
      key,
      Object.fromEntries(usual ? others : [...others, [image.toString(), mask.toString()]]),
    );
  }

  /** The image of a mask. @throws Error naming the mask when none can be found. */
  async photoOf(mask: vscode.Uri): Promise<vscode.Uri> {
    const bound = Object.entries(this.all()).find(([, chosen]) => chosen === mask.toString());
    return bound ? vscode.Uri.parse(bound[0]) : photoOf(mask);
  }

  private all(): Record<string, string> {
    return this.memory.get<Record<string, string>>(key, {});
  }
}
