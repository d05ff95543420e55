import * as z from 'zod';
import { backendNames } from './names';

export const runnableBackendName = z.enum(backendNames).exclude(['auto']);
/** A back end other than `auto`, which chooses one of these. */
export type RunnableBackendName = z.infer<typeof runnableBackendName>;

export const backendReport = z.object({
  name: runnableBackendName,
  /**
   * `works`: the step gave the right numbers; `failed`: the back end exists but gave wrong ones or an error; `missing`:
   * it is not installed.
   */
  state: z.enum(['works', 'failed', 'missing', 'untried']),
  /** The reason for the failure, or how to install a missing back end. */
  detail: z.string().exactOptional(),
  /** The duration of the step in milliseconds. */
  milliseconds: z.number().exactOptional(),
});

/** The state of a back end, found by trying a small training step on it. */
export type BackendReport = z.infer<typeof backendReport>;
