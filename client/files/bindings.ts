import * as vscode from 'vscode';
import { photoOf, placeFor, placeOf, type MaskPlace } from './places';

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
