import type { ListObjectsV2CommandOutput } from '@aws-sdk/client-s3';
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { writing } from '../../../files/writeError';
import { PlaceError } from './photoPlace';
import { openStoreClient, type StoreClient } from './storeClient';
import { statusOf, storeError, type StoreCall } from './storeErrors';

/** An object as a list tells it. */
export interface StoredObject {
  readonly key: string;
  /** Bytes. */
  readonly size: number;
  /** Changes with the content. */
  readonly etag: string;
}

/** An object that was read. */
export interface ReadObject {
  readonly etag: string;
  /** The SHA-256 of its content, in lower-case hex. */
  readonly sha256: string;
  /** What its writer added to it, by names in lower case. */
  readonly notes: Readonly<Record<string, string>>;
}

/** What of an object must hold when it is written: the ETag that it has, or `none` that there is no such object. */
export type Expected = { readonly etag: string } | 'none';

interface UploadOptions {
  readonly expected: Expected;
  /** What is added to the object: see `ReadObject`. */
  readonly notes?: Readonly<Record<string, string>> | undefined;
  readonly signal: AbortSignal | undefined;
}

/** Milliseconds before a stream that broke off is begun again. */
const pauses = [300, 1000, 3000];

/**
 * The objects of a bucket. Each method throws a PlaceError that names bucket and key, or the reason of the signal that
 * was given to it. Requests are repeated by the SDK; streams, which it cannot repeat, here.
 */
export class ObjectStore {
  private constructor(
    private readonly client: StoreClient,
    readonly bucket: string,
  ) {}

  /** @throws PlaceError where the SDK is missing */
  static async open(bucket: string): Promise<ObjectStore> {
    return new ObjectStore(await openStoreClient(), bucket);
  }

  /** `s3://bucket/key`, for messages. */
  nameOf(key: string): string {
    return `s3://${this.bucket}/${key}`;
  }

  /**
   * Lists the objects whose keys begin with a prefix, page by page.
   * @param flat leaves out those with a further `/` in their keys
   */
  async *list(
    prefix: string,
    { flat, signal }: { flat: boolean; signal: AbortSignal | undefined },
  ): AsyncGenerator<StoredObject> {
    let next: string | undefined;
    do {
      const page: ListObjectsV2CommandOutput = await this.call('list', prefix, signal, options =>
        this.client.s3.listObjectsV2(
          {
            Bucket: this.bucket,
            Prefix: prefix,
            EncodingType: 'url', // XML cannot hold all characters of keys
            ...(flat && { Delimiter: '/' }),
            ...(next !== undefined && { ContinuationToken: next }),
          },
          options,
        ),
      );
      const decode = page.EncodingType === 'url' ? decoded : (key: string) => key;
      for (const { Key, Size = 0, ETag = '' } of page.Contents ?? [])
        if (Key !== undefined) yield { key: decode(Key), size: Size, etag: ETag };
      next = page.IsTruncated ? page.NextContinuationToken : undefined;
    } while (next !== undefined);
  }

  /** Checks that objects of a prefix can be listed. */
  async check(prefix: string, signal: AbortSignal | undefined): Promise<void> {
    await this.call('list', prefix, signal, options =>
      this.client.s3.listObjectsV2({ Bucket: this.bucket, Prefix: prefix, MaxKeys: 1 }, options),
    );
  }

  /**
   * Copies an object into a file that is not there yet, as a stream.
   * @param largest bytes; a larger object is not copied
   * @returns undefined where there is no such object
   * @throws WriteError where the disk does not take it
   */
  async download(
    key: string,
    file: string,
    largest: number,
    signal: AbortSignal | undefined,
  ): Promise<ReadObject | undefined> {
    const name = this.nameOf(key);
    return this.read(key, signal, async (body, size) => {
      if (size > largest)
        throw new PlaceError(
          'unusable',
          `${name} has ${megabytes(size)} MB, above the limit of ${megabytes(largest)} MB`,
        );
      const hash = createHash('sha256');
      let taken = 0;
      const measured = async function* (pieces: AsyncIterable<Buffer>) {
        for await (const piece of pieces) {
          taken += piece.length;
          if (taken > largest) throw new PlaceError('unusable', `${name} is larger than its list says`);
          hash.update(piece);
          yield piece;
        }
      };
      try {
        await pipeline(body, measured, createWriteStream(file, { flags: 'wx' }), { signal });
      } catch (error) {
        const { syscall } = error as NodeJS.ErrnoException;
        if (syscall === 'write' || syscall === 'open') await writing(file, () => Promise.reject(error as Error));
        await rm(file, { force: true });
        throw error;
      }
      return hash.digest('hex');
    });
  }

  /** The digest of an object's content; undefined where there is no such object. */
  async digest(key: string, signal: AbortSignal | undefined): Promise<ReadObject | undefined> {
    return this.read(key, signal, async body => {
      const hash = createHash('sha256');
      for await (const piece of body) hash.update(piece as Buffer);
      return hash.digest('hex');
    });
  }

  /**
   * Writes a file to an object, as a stream, if nobody else has written it meanwhile.
   * @returns whether it was written
   */
  async upload(key: string, file: string, { expected, notes, signal }: UploadOptions): Promise<boolean> {
    const { size } = await stat(file);
    const condition = expected === 'none' ? { IfNoneMatch: '*' } : { IfMatch: expected.etag };
    const written = () =>
      this.call('write', key, signal, options =>
        this.client.s3.putObject(
          {
            Bucket: this.bucket,
            Key: key,
            Body: createReadStream(file),
            ContentLength: size,
            ContentType: contentTypes[path.extname(key)] ?? 'application/octet-stream',
            ...(notes && { Metadata: notes }),
            ...condition,
          },
          options,
        ),
      );
    return unlessRefused(() => repeated(written, signal));
  }

  /** Deletes an object if nobody else has written it meanwhile. @returns whether it was deleted */
  async remove(key: string, etag: string, signal: AbortSignal | undefined): Promise<boolean> {
    return unlessRefused(() =>
      this.call('write', key, signal, options =>
        this.client.s3.deleteObject({ Bucket: this.bucket, Key: key, IfMatch: etag }, options),
      ),
    );
  }

  private async read(
    key: string,
    signal: AbortSignal | undefined,
    take: (body: Readable, size: number) => Promise<string>,
  ): Promise<ReadObject | undefined> {
    const once = () =>
      this.call('read', key, signal, async options => {
        const found = await this.client.s3.getObject({ Bucket: this.bucket, Key: key }, options);
        const body = found.Body as Readable;
        try {
          const sha256 = await take(body, found.ContentLength ?? 0);
          return { etag: found.ETag ?? '', sha256, notes: found.Metadata ?? {} };
        } finally {
          body.destroy();
        }
      });
    try {
      return await repeated(once, signal);
    } catch (error) {
      if (error instanceof PlaceError && error.problem === 'gone') return undefined;
      throw error;
    }
  }

  private async call<T>(
    action: StoreCall['action'],
    key: string,
    signal: AbortSignal | undefined,
    request: (options: { abortSignal?: AbortSignal }) => Promise<T>,
  ): Promise<T> {
    signal?.throwIfAborted();
    try {
      return await request(signal ? { abortSignal: signal } : {});
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof Error && error.name === 'WriteError') throw error;
      const { bucket, client } = this;
      throw storeError(error, { action, bucket, name: this.nameOf(key), endpoint: client.endpoint });
    }
  }
}

/** Repeats what breaks off while the store is away. */
async function repeated<T>(action: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  for (const wait of pauses) {
    try {
      return await action();
    } catch (error) {
      if (!(error instanceof PlaceError) || error.problem !== 'away') throw error;
      await pause(wait * (0.5 + Math.random()), undefined, { signal });
    }
  }
  return action();
}

/** Whether a conditional write took place: the store refuses it where the condition does not hold. */
async function unlessRefused(write: () => Promise<unknown>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    const status = error instanceof PlaceError ? statusOf(error.cause) : undefined;
    if (status === 412 || (error instanceof PlaceError && error.problem === 'gone')) return false;
    throw error;
  }
}

const contentTypes: Readonly<Record<string, string>> = { '.png': 'image/png', '.json': 'application/json' };

/** A key as lists encode it. */
function decoded(key: string): string {
  return decodeURIComponent(key.replaceAll('+', ' '));
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toLocaleString('en', { maximumFractionDigits: 1 });
}
