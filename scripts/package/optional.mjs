/**
 * Packages that stay outside the bundles and that people install who want what needs them: queues of photos, and photos
 * in object stores.
 */
export const optionalPackages = ['@aws-sdk/client-s3', 'bullmq', 'ioredis'];
