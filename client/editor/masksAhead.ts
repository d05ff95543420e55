import type * as vscode from 'vscode';
import { packMap } from '../../mask/regions/packedMap';
import { stampOf } from '../common/localFiles';
import type { MaskLocation } from '../common/maskLocations';
import { loadMask, type StoredMask } from '../common/maskStorage';

/** A mask that is read before its image is opened, and the state of the files that it was read from. */
interface ReadAhead {
  readonly location: MaskLocation;
  readonly files: string;
  readonly stored: StoredMask | undefined;
}

/** Reads the masks of images that a user comes to next, so that they open at once. Few are kept: they are large. */
export class MasksAhead {
  /** By URI of the image. */
  private readonly kept = new Map<string, Promise<ReadAhead | undefined>>();

  /** Reads the masks of these images, one after the other, and forgets all others. */
  async want(images: readonly { readonly image: vscode.Uri; readonly location: MaskLocation }[]): Promise<void> {
    const names = new Set(images.map(({ image }) => image.toString()));
    for (const name of this.kept.keys()) if (!names.has(name)) this.kept.delete(name);
    for (const { image, location } of images) {
      const name = image.toString();
      if (!names.has(name) || this.kept.has(name)) continue;
      const reading = read(image, location);
      this.kept.set(name, reading);
      await reading;
    }
  }

  /** The mask of an image as `loadMask` reads it: the one that was read ahead if no file has changed since. */
  async load(location: MaskLocation, image: vscode.Uri): Promise<StoredMask | undefined> {
    const ahead = await this.kept.get(image.toString());
    this.kept.delete(image.toString());
    const isSame =
      ahead?.location.mask.toString() === location.mask.toString() && ahead.files === (await stateOf(image, location));
    return isSame ? ahead.stored : loadMask(location, image);
  }
}

/** What cannot be read is not read ahead: its editor will say why. */
async function read(image: vscode.Uri, location: MaskLocation): Promise<ReadAhead | undefined> {
  try {
    const files = await stateOf(image, location);
    const stored = await loadMask(location, image);
    if (stored) packMap(stored.state.regions); // its page will want it so
    return { location, files, stored };
  } catch {
    return undefined;
  }
}

/** Tells whether the files that a mask is read from are still the same. */
async function stateOf(image: vscode.Uri, { mask, sidecar }: MaskLocation): Promise<string> {
  return (await Promise.all([image, mask, sidecar].map(stampOf))).join();
}
