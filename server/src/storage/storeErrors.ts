import { PlaceError, type PlaceProblem } from './photoPlace';

/** What was asked of a store when it failed. */
export interface StoreCall {
  readonly action: 'list' | 'read' | 'write';
  readonly bucket: string;
  /** `s3://bucket/key` of the object, or of the prefix that is listed. */
  readonly name: string;
  /** The address of the store; undefined for AWS's own. */
  readonly endpoint: string | undefined;
}

/** Turns an error of the SDK into a sentence that names bucket and key, in our own words. */
export function storeError(cause: unknown, call: StoreCall): PlaceError {
  if (cause instanceof PlaceError) return cause;
  const [problem, message] = describe(codeOf(cause), statusOf(cause), call);
  return new PlaceError(problem, message, { cause });
}

type Description = readonly [problem: PlaceProblem, message: string];

const wrongCredentials: readonly string[] = [
  'InvalidAccessKeyId',
  'SignatureDoesNotMatch',
  'InvalidToken',
  'ExpiredToken',
  'TokenRefreshRequired',
  'InvalidClientTokenId',
];
const wrongRegion: readonly string[] = [
  'AuthorizationHeaderMalformed',
  'PermanentRedirect',
  'IllegalLocationConstraintException',
];

function describe(code: string, status: number | undefined, call: StoreCall): Description {
  const { bucket, name, action, endpoint } = call;
  const store = endpoint ?? 'AWS';
  if (code === 'NoSuchBucket') return ['missing', `there is no bucket ${bucket} at ${store} (${name})`];
  if (code === 'InvalidBucketName') return ['setup', `${store} takes no bucket of the name ${bucket}`];
  if (code === 'NoSuchKey') return ['gone', `${name} is no longer there`];
  if (code === 'CredentialsProviderError')
    return [
      'setup',
      `there are no credentials for ${name}: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE`,
    ];
  if (wrongCredentials.includes(code))
    return ['setup', `${store} does not accept the credentials for ${name}: the key, its secret or its token is wrong`];
  if (wrongRegion.includes(code))
    return ['setup', `the bucket ${bucket} is in another region: set AWS_REGION to the region of the bucket`];
  if (code === 'RequestTimeTooSkewed')
    return ['setup', `${store} refuses ${name}, because the clock of this machine is wrong`];
  if (certificateTrouble(code)) return ['setup', `the certificate of ${store} cannot be trusted (${code})`];
  if (status === 403 || status === 401)
    return action === 'write'
      ? ['unwritable', `no right to write ${name}`]
      : ['unreadable', `no right to ${action} ${name}`];
  if (status === 501 || code === 'NotImplemented')
    return ['setup', `${store} does not know the conditional writes that keep ${name} safe from other writers`];
  if (status !== undefined && status < 500 && !passing.includes(status))
    return ['setup', `${store} refuses to ${action} ${name} (${status} ${code})`];
  return ['away', `${store} cannot be reached, or has trouble of its own, at ${name} (${code})`];
}

/** Statuses of answers that another attempt may not get: too slow, written by two at once, too many requests. */
const passing: readonly number[] = [408, 409, 429];

const certificateTrouble = (code: string) => /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS/.test(code);

/** The code by which the store or the system tells what is wrong. */
function codeOf(error: unknown): string {
  const { code, name, Code } = error as { code?: unknown; name?: unknown; Code?: unknown };
  const found = [Code, code, name].find(one => typeof one === 'string' && /^\w{1,60}$/.test(one));
  return found === undefined ? 'unknown' : (found as string);
}

/** The status of the store's answer; undefined where there was none. */
export function statusOf(error: unknown): number | undefined {
  return (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
}
