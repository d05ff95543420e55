import { PlaceError } from './photoPlace';

/** A place in an object store. */
export interface StoreUrl {
  readonly bucket: string;
  /** What the keys of its objects begin with: empty, or with a `/` at its end. */
  readonly prefix: string;
  /** `s3://bucket/prefix`, for messages. */
  readonly name: string;
}

/** Whether a place is in an object store, by what a user wrote. */
export function isStoreUrl(text: string): boolean {
  return /^s3:\/\//i.test(text);
}

/**
 * Reads `s3://bucket/prefix`. The prefix is taken as it is written, without escapes, as the `aws` command does.
 * @throws PlaceError, which does not repeat what might be a password
 */
export function parseStoreUrl(text: string): StoreUrl {
  const [, bucket = '', path = ''] = /^s3:\/\/([^/]*)\/?(.*)$/is.exec(text) ?? [];
  if (!/^[a-z0-9][a-z0-9._-]{1,254}$/i.test(bucket))
    throw new PlaceError(
      'setup',
      's3:// must be followed by the name of a bucket and a prefix, as in s3://photos/2026; ' +
        'credentials come from the environment or from ~/.aws',
    );
  const prefix = path.replace(/\/$/, '');
  const name = prefix === '' ? `s3://${bucket}` : `s3://${bucket}/${prefix}`;
  if (prefix !== '' && prefix.split('/').some(part => part === '' || part === '.' || part === '..'))
    throw new PlaceError('setup', `${name} has an empty part, "." or ".."`);
  return { bucket, prefix: prefix === '' ? '' : `${prefix}/`, name };
}
