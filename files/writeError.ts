const systemReasons: Readonly<Record<string, string>> = {
  ENOENT: 'its folder does not exist',
  ENOSPC: 'no space is left on the disk',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'it would be larger than the disk or a limit of this system allows',
  EROFS: 'the disk is read-only',
  EACCES: 'no permission to write there',
  EPERM: 'no permission to write there',
  EBUSY: 'another program has it open',
  ETXTBSY: 'another program has it open',
  EEXIST: 'a file of that name is in the way',
  ENOTDIR: 'a part of its path is not a folder',
  EISDIR: 'a folder of that name is in the way',
  ENAMETOOLONG: 'its name is too long for this system',
  ELOOP: 'its links lead in a circle',
  EINVAL: 'this disk does not allow such a name',
  EMFILE: 'too many files are open; close some and try again',
  ENFILE: 'too many files are open; close some and try again',
  EIO: 'the disk reports an error',
  ENXIO: 'the disk is gone',
  ENODEV: 'the disk is gone',
  ESTALE: 'the connection to its disk was lost',
  EHOSTDOWN: 'the connection to its disk was lost',
  ETIMEDOUT: 'the connection to its disk was lost',
};

/** Describes why the operating system did not let a file or folder be written, as a clause for people. */
export function writeReason(error: unknown): string {
  if (error instanceof WriteError) return error.reason;
  const { code, message } = error as NodeJS.ErrnoException;
  return systemReasons[code ?? ''] ?? (code === undefined ? message : `the system refuses it (${code})`);
}

/** A file or folder that could not be written; `reason` is a clause for people, and the message names the file. */
export class WriteError extends Error {
  override readonly name = 'WriteError';
  readonly reason: string;
  /** The operating system's error code, such as `ENOSPC`, where it refused. */
  readonly code: string | undefined;

  constructor(
    readonly file: string,
    override readonly cause: unknown,
  ) {
    const reason = writeReason(cause);
    super(`cannot write ${file}: ${reason}`);
    this.reason = reason;
    this.code = (cause as NodeJS.ErrnoException).code;
  }
}

/**
 * Does something that writes a file or folder. @throws WriteError that names the file, in place of the system's own
 * error
 */
export async function writing<T>(file: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw error instanceof WriteError ? error : new WriteError(file, error);
  }
}
