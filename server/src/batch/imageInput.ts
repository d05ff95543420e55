import path from 'node:path';
import { reasonOf } from '../../../mask/errors';
import { ImageError } from '../engine/image/imageError';

/** An image to segment. */
export interface ImageInput {
  /** Absolute path. */
  readonly file: string;
  /** The path as the user would write it, which messages and JSON use. */
  readonly name: string;
  /** The path from the folder that an argument names, with `/` between its parts; that of an image as it is named. */
  readonly relative: string;
  /** The folder of its outputs, as the user would write it. */
  readonly output: string;
  /** Whether an argument is the image itself, not a folder or a list that it is in. */
  readonly named: boolean;
}

/** An argument that names no image, or an image that failed, with the reason. */
export interface InputFailure {
  readonly name: string;
  readonly reason: string;
  /** Of an image that was found: as in `ImageInput`. */
  readonly relative?: string;
}

/** The failure of an input, with the reason that the error gives. */
export function failureOf({ file, name }: Pick<ImageInput, 'file' | 'name'>, error: unknown): InputFailure {
  const reason = error instanceof ImageError ? error.reason : reasonOf(error);
  // Some errors name the file themselves; the line does so already.
  const prefix = `${path.basename(file)}: `;
  return { name, reason: reason.startsWith(prefix) ? reason.slice(prefix.length) : reason };
}
