import path from 'node:path';
import type { SegmentOptions } from './options';

/** A picture that comes with the program, so that it can be tried without one. */
const samplePicture = path.join(__dirname, '..', 'media', 'sample.png');

/**
 * Without an image the sample is segmented, into the current folder unless told otherwise, with an overlay to look at.
 */
export function sampleOptions(options: SegmentOptions): SegmentOptions {
  if (options.inputs.length > 0) return options;
  const formats = new Set([...options.formats, 'overlay' as const]);
  return { ...options, inputs: [samplePicture], output: options.output ?? '.', formats: [...formats] };
}
