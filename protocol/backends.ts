import * as z from 'zod';

/** The back ends that a user can choose; `auto` takes the fastest that works on this machine. */
export const backendNames = ['auto', 'cpu', 'webgpu', 'cuda', 'directml', 'coreml', 'wasm', 'tensorflow'] as const;
export type BackendName = (typeof backendNames)[number];

export const runnableBackendName = z.enum(backendNames).exclude(['auto']);
/** A back end itself, as `auto` chooses one. */
export type RunnableBackendName = z.infer<typeof runnableBackendName>;

export const backendReport = z.object({
  name: runnableBackendName,
  /** `works`: the step gave right numbers; `failed`: the back end is there but did not; `missing`: it is not there. */
  state: z.enum(['works', 'failed', 'missing', 'untried']),
  /** Why it failed, or how to get it when missing. */
  detail: z.string().exactOptional(),
  /** Milliseconds of the step. */
  milliseconds: z.number().exactOptional(),
});

/** The state of a back end, found by trying a small training step on it. */
export type BackendReport = z.infer<typeof backendReport>;
