/**
 * A place where photos lie and one where their results belong: folders that all machines see, or an object store. What
 * segments a photo knows files alone, so a photo of an object store is opened as a local copy.
 */
export interface PhotoPlace {
  /** The place of the photos as the user wrote it, without credentials, for messages. */
  readonly name: string;

  /**
   * Checks that photos can be listed and that the place of their results is there; a folder of results is made where it
   * is missing. To be called once before photos are opened, on one machine.
   * @throws PlaceError
   */
  prepare(signal?: AbortSignal): Promise<void>;

  /**
   * Lists the photos by their paths from the place, with `/` between their parts: those of `isImageName`, without
   * Labelless's own outputs. A folder is listed sorted, an object store in its own order and page by page.
   * @throws PlaceError
   */
  list(options: ListOptions): AsyncIterable<string>;

  /**
   * Makes a photo a local file, with what is there of its results and the class file that holds for it.
   * @param photo as `list` gives it; it may come from another process and is checked
   * @throws PlaceError
   * @throws WriteError where the local disk does not take the copy
   */
  open(photo: string, options: OpenOptions): Promise<OpenPhoto>;
}

export interface ListOptions {
  /** Whether the folders in the place are listed, too. */
  readonly recursive: boolean;
  readonly signal?: AbortSignal | undefined;
  /** Is told of a folder in the place that cannot be listed and is left out, with the reason, a clause. */
  readonly onUnlisted?: ((name: string, reason: string) => void) | undefined;
}

export interface OpenOptions {
  /** The largest photo in bytes that is copied. A photo in a folder is not copied and is not measured here. */
  readonly largestBytes: number;
  readonly signal?: AbortSignal | undefined;
}

/** A photo that can be segmented. The files beside it give its outputs their names: see `siblingNames`. */
export interface OpenPhoto {
  /** The photo with its place, for messages: `s3://bucket/prefix/a/photo.jpg`. */
  readonly name: string;
  /** Absolute path where the photo can be read. */
  readonly file: string;
  /** Absolute path of the folder of its results, which may not be there yet. */
  readonly output: string;

  /**
   * Brings the results that were written into `output` to where they belong; nothing for a folder. What somebody else
   * wrote there since the photo was opened is left as it is.
   * @throws PlaceError
   */
  publish(signal?: AbortSignal): Promise<void>;

  /** Removes what was local only. It never fails, and may be called twice. */
  release(): Promise<void>;
}

/**
 * What is wrong with a place or with one of its photos:
 * - `missing`: the place is not there, or is not seen from this machine;
 * - `unreadable`, `unwritable`: this user has no right to read, or to write there;
 * - `away`: the store cannot be reached or has trouble of its own; later it may work;
 * - `gone`: the photo is no longer there;
 * - `unusable`: the photo's name or size cannot be taken;
 * - `changed`: somebody else wrote the photo's results meanwhile, and they are left as they are;
 * - `setup`: a package or a setting that the place needs is missing or wrong.
 *
 * `gone`, `unusable` and `changed` are about one photo, the others about the whole place.
 */
export type PlaceProblem = 'missing' | 'unreadable' | 'unwritable' | 'away' | 'gone' | 'unusable' | 'changed' | 'setup';

/** Something is wrong with a place or a photo in it; the message is a sentence for people that names it. */
export class PlaceError extends Error {
  override readonly name = 'PlaceError';

  constructor(
    readonly problem: PlaceProblem,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
