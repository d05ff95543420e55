import type { ListObjectsV2CommandOutput } from '@aws-sdk/client-s3';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { WriteError } from '../../../files/writeError';
import { hashStream, keepStream } from './keepStream';
import { PlaceError } from './photoPlace';
import { repeated, unlessRefused } from './storeAttempts';
import { openStoreClient, type StoreClient } from './storeClient';
import { storeError, type StoreCall } from './storeErrors';

/** An object as a list tells it. */
export interface StoredObject {
  readonly key: string;
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

/** Whether an object is the one that a list told of. Not all stores put ETags into quotes in lists. */
export function isUnchanged(read: ReadObject, listed: string | undefined): boolean {
  const bare = (etag: string) => etag.replace(/^W\/|"/g, '');
  return listed !== undefined && bare(read.etag) === bare(listed);
}

/** What of an object must hold when it is written: the ETag that it has, or `none` that there is no such object. */
export type Expected = { readonly etag: string } | 'none';

interface UploadOptions {
  readonly expected: Expected;
  /** What is added to the object: see `ReadObject`. */
  readonly notes?: Readonly<Record<string, string>> | undefined;
  readonly signal: AbortSignal | undefined;
}

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
      for (const { Key, ETag = '' } of page.Contents ?? [])
        if (Key !== undefined) yield { key: decode(Key), etag: ETag };
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
    return this.read(key, signal, (body, size) => keepStream(body, { name, file, largest, size, signal }));
  }

  /** The digest of an object's content; undefined where there is no such object. */
  async digest(key: string, signal: AbortSignal | undefined): Promise<ReadObject | undefined> {
    return this.read(key, signal, hashStream);
  }

  /**
   * Writes a file to an object, as a stream, if nobody else has written it meanwhile.
   * @returns whether it was written
   */
  async upload(key: string, file: string, { expected, notes, signal }: UploadOptions): Promise<boolean> {
    const { size } = await stat(file);
    const condition = expected === 'none' ? { IfNoneMatch: '*' } : { IfMatch: expected.etag };
    const once = async () => {
      const body = createReadStream(file);
      const request = {
        Bucket: this.bucket,
        Key: key,
        Body: body,
        ContentLength: size,
        ContentType: contentTypes[path.extname(key)] ?? 'application/octet-stream',
        ...(notes && { Metadata: notes }),
        ...condition,
      };
      await this.call('write', key, signal, options => this.client.s3.putObject(request, options)).finally(() => {
        body.destroy();
      });
    };
    return unlessRefused(() => repeated(once, signal));
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
      if (error instanceof WriteError) throw error;
      const { bucket, client } = this;
      throw storeError(error, { action, bucket, name: this.nameOf(key), endpoint: client.endpoint });
    }
  }
}

const contentTypes: Readonly<Record<string, string>> = { '.png': 'image/png', '.json': 'application/json' };

/** A key as lists encode it. */
function decoded(key: string): string {
  return decodeURIComponent(key.replaceAll('+', ' '));
}
