import type { InferenceSession, Tensor } from 'onnxruntime-common';
import { createOnnxSession, type OnnxRuntime } from './onnxruntime';
import type { RunnableBackendName } from '../../../../protocol/backends';
import type { Backend } from './session';

/** Loads onnxruntime-node. Throws an error that says what to do where the package or its binary is missing. */
export async function loadNative(): Promise<OnnxRuntime> {
  try {
    return await import('onnxruntime-node');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split('\n', 1)[0] : String(cause);
    throw new Error(
      `onnxruntime-node has no binary that runs here (${reason}); choose the back end wasm, or install onnxruntime-node for this platform`,
      { cause },
    );
  }
}

/**
 * Options of a session on the processor. Idle threads sleep: where another program holds a core, spinning ones slow
 * both.
 */
function cpuOptions(threads: number): InferenceSession.SessionOptions {
  return {
    executionProviders: ['cpu'],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    enableMemPattern: false, // a plan for all tensors at once takes 1.8 times the memory, and no less time
    logSeverityLevel: 3,
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  };
}

/** ONNX Runtime's name of an accelerator, and where training's state can stay from step to step. */
const accelerators = {
  webgpu: { provider: 'webgpu', state: 'gpu-buffer' },
  cuda: { provider: 'cuda', state: 'cpu' }, // its Node binding has no device tensors of CUDA
  directml: { provider: 'dml', state: 'cpu' },
  coreml: { provider: 'coreml', state: 'cpu' },
} as const satisfies Partial<Record<RunnableBackendName, { provider: string; state: Tensor.DataLocation }>>;

export type Accelerator = keyof typeof accelerators;

/** ONNX Runtime's own processor kernels, from the binaries inside onnxruntime-node. */
export async function openCpu(threads: number): Promise<Backend> {
  const runtime = await loadNative();
  return { name: 'cpu', createSession: program => createOnnxSession(runtime, program, cpuOptions(threads)) };
}

/**
 * One of ONNX Runtime's accelerators. Whether it runs shows only when a session is made: some end the process where a
 * driver is bad.
 */
export async function openAccelerator(name: Accelerator): Promise<Backend> {
  const runtime = await loadNative();
  const { provider, state } = accelerators[name];
  const options = { executionProviders: [provider], logSeverityLevel: 3 } as const;
  return { name, createSession: program => createOnnxSession(runtime, program, options, state) };
}
