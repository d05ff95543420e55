import type { S3 } from '@aws-sdk/client-s3';
import { PlaceError } from './photoPlace';

/** A client of an object store. */
export interface StoreClient {
  readonly s3: S3;
  /** The store's address for messages, without a password; undefined for AWS's own. */
  readonly endpoint: string | undefined;
}

/** Attempts of each request, with growing pauses between them. */
const maxAttempts = 4;
/** Milliseconds for a connection to be made, and without a byte on it. */
const connectionTimeout = 10_000;
const socketTimeout = 60_000;
const defaultRegion = 'us-east-1';

/**
 * Makes a client by the environment and the files that AWS's own programs use: credentials by the SDK's chain, another
 * store by `AWS_ENDPOINT_URL_S3` or `AWS_ENDPOINT_URL`. The SDK is loaded here, and only here.
 * @throws PlaceError where the SDK is not installed
 */
export async function openStoreClient(): Promise<StoreClient> {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'; // a notice to programmers
  const sdk = await import('@aws-sdk/client-s3').catch((cause: unknown) => {
    const { code = 'unknown' } = cause as NodeJS.ErrnoException;
    const message = code.endsWith('MODULE_NOT_FOUND')
      ? 's3:// needs the package @aws-sdk/client-s3: npm i -g @aws-sdk/client-s3'
      : `the package @aws-sdk/client-s3, which s3:// needs, cannot be loaded by Node ${process.version} (${code})`;
    throw new PlaceError('setup', message, { cause });
  });
  const { env } = process;
  const endpoint = [env.AWS_ENDPOINT_URL_S3, env.AWS_ENDPOINT_URL].find(Boolean); // empty: not set
  const options = {
    maxAttempts,
    requestHandler: { connectionTimeout, socketTimeout },
    followRegionRedirects: true,
    logger: silent,
    ...(endpoint !== undefined && {
      endpoint,
      forcePathStyle: true, // not each store has a host name for each bucket
      ...withoutChecksums(env),
    }),
  };
  const s3 = new sdk.S3(options);
  const hasRegion = await s3.config.region().then(
    () => true,
    () => false,
  );
  const address = endpoint?.replace(/\/\/[^/@]*@/, '//');
  if (hasRegion) return { s3, endpoint: address };
  s3.destroy();
  return { s3: new sdk.S3({ ...options, region: env.AWS_DEFAULT_REGION ?? defaultRegion }), endpoint: address };
}

/** Other stores do not all know the checksums that the SDK adds by itself. A user's choice precedes. */
function withoutChecksums({ AWS_REQUEST_CHECKSUM_CALCULATION, AWS_RESPONSE_CHECKSUM_VALIDATION }: NodeJS.ProcessEnv) {
  return {
    ...(!AWS_REQUEST_CHECKSUM_CALCULATION && { requestChecksumCalculation: 'WHEN_REQUIRED' as const }),
    ...(!AWS_RESPONSE_CHECKSUM_VALIDATION && { responseChecksumValidation: 'WHEN_REQUIRED' as const }),
  };
}

const nothing = () => undefined;
/** What is wrong is told by our own messages. */
const silent = { trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing };
