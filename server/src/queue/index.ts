/** The queue as the command line uses it, a bundle of its own: who segments on one machine never loads it. */
export { cancelPhotos, retryPhotos } from './changeQueue';
export { enqueuePhotos } from './enqueuePhotos';
export { connectQueue } from './queueConnection';
export { readQueueStatus } from './queueStatus';
export { workQueue } from './workQueue';
