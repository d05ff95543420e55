import { constants } from 'node:fs';
import { access, mkdir, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { readReason } from '../../../files/regularFile';
import { writeReason } from '../../../files/writeError';
import { posixPath } from '../engine/common/relativePath';
import { imagesIn } from '../engine/segment/imageFolder';
import { checkPhotoName } from './photoName';
import { PlaceError, type ListOptions, type OpenPhoto, type PhotoPlace } from './photoPlace';

/** Photos in a folder and their results in the same or in another one: local ones, or on a disk that machines share. */
export class FolderPlace implements PhotoPlace {
  /** The folder of the photos as the user wrote it. */
  readonly name: string;
  private readonly photos: string;
  private readonly results: string;

  /** @param results the folder of the results, with the folders of the photos in it; undefined: beside the photos */
  constructor(photos: string, results: string | undefined) {
    this.name = photos;
    this.photos = path.resolve(photos);
    this.results = path.resolve(results ?? photos);
  }

  async prepare(): Promise<void> {
    await checkFolder(this.photos);
    try {
      await mkdir(this.results, { recursive: true });
    } catch (cause) {
      throw new PlaceError('unwritable', `the folder ${this.results} cannot be made: ${writeReason(cause)}`, { cause });
    }
    await checkWritable(this.results);
  }

  async *list({ recursive, signal, onUnlisted }: ListOptions): AsyncGenerator<string> {
    await checkFolder(this.photos);
    const onUnreadable =
      onUnlisted &&
      ((below: string, error: unknown) => {
        onUnlisted(path.join(this.name, below), readReason(error));
      });
    const found = await imagesIn(this.photos, recursive, onUnreadable).catch((cause: unknown) => {
      throw new PlaceError('unreadable', `the folder ${this.name} cannot be listed: ${readReason(cause)}`, { cause });
    });
    for (const photo of found) {
      signal?.throwIfAborted();
      yield posixPath(photo);
    }
  }

  async open(photo: string): Promise<OpenPhoto> {
    checkPhotoName(photo, this.name);
    const name = path.join(this.name, photo);
    const file = path.join(this.photos, photo);
    await this.checkPhoto(file, name);
    await checkFolder(this.results);
    await checkWritable(this.results);
    return { name, file, output: path.join(this.results, path.dirname(photo)), publish: nothing, release: nothing };
  }

  private async checkPhoto(file: string, name: string): Promise<void> {
    try {
      await access(file, constants.R_OK);
    } catch (cause) {
      await checkFolder(this.photos);
      const { code } = cause as NodeJS.ErrnoException;
      if (code !== 'ENOENT' && code !== 'ENOTDIR')
        throw new PlaceError('unreadable', `${name}: ${readReason(cause)}`, { cause });
      if ((await readdir(this.photos)).length === 0)
        throw new PlaceError('missing', `the folder ${this.name} is empty on this machine; is its disk mounted?`);
      throw new PlaceError('gone', `${name} is no longer there`, { cause });
    }
  }
}

/** Files of a folder are read and written where they are. */
const nothing = () => Promise.resolve();

async function checkFolder(folder: string): Promise<void> {
  try {
    if (!(await stat(folder)).isDirectory()) throw new PlaceError('missing', `${folder} is not a folder`);
    await access(folder, constants.R_OK | constants.X_OK);
  } catch (cause) {
    if (cause instanceof PlaceError) throw cause;
    const { code } = cause as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'ENOTDIR')
      throw new PlaceError('unreadable', `the folder ${folder} cannot be listed: ${readReason(cause)}`, { cause });
    throw new PlaceError(
      'missing',
      `the folder ${folder} is not there on this machine; mount its disk, or use a path that all machines have`,
      { cause },
    );
  }
}

async function checkWritable(folder: string): Promise<void> {
  try {
    await access(folder, constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new PlaceError('unwritable', `cannot write into the folder ${folder}: ${writeReason(cause)}`, { cause });
  }
}
