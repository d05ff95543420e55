import { reasonOf } from '../../../../mask/errors';
import type { InferenceSession, Tensor } from 'onnxruntime-common';
import type { RunnableBackendName } from '../../../../protocol/backends';
import { createOnnxSession, type OnnxRuntime } from './onnxSession';
import type { Backend } from './session';

/**
 * Loads onnxruntime-node with its telemetry off. @throws Error that says what to do where the package or its binary is
 * missing
 */
export async function loadNative(): Promise<OnnxRuntime> {
  // Since 1.29 its binaries keep a device id and a queue of events in the user's cache, and send them to their maker,
  // unless this is set before they are loaded. Nothing may leave the machine unasked.
  process.env.ORT_DISABLE_TELEMETRY = '1';
  try {
    return await import('onnxruntime-node');
  } catch (cause) {
    const reason = reasonOf(cause).split('\n', 1)[0];
    throw new Error(
      `onnxruntime-node has no binary that runs here (${reason}); ` +
        'choose the back end wasm, or install onnxruntime-node for this platform',
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

/** Opens ONNX Runtime's own kernels for the processor, from the binaries inside onnxruntime-node. */
export async function openCpu(threads: number): Promise<Backend> {
  const runtime = await loadNative();
  return { name: 'cpu', createSession: program => createOnnxSession(runtime, program, cpuOptions(threads)) };
}

/**
 * Opens one of ONNX Runtime's accelerators. Whether it runs shows only when a session is made; with a bad driver some
 * end the process.
 */
export async function openAccelerator(name: Accelerator): Promise<Backend> {
  const runtime = await loadNative();
  const { provider, state } = accelerators[name];
  const options = { executionProviders: [provider], logSeverityLevel: 3 } as const;
  return { name, createSession: program => createOnnxSession(runtime, program, options, state) };
}

/** Opens ONNX Runtime as WebAssembly, from onnxruntime-web: slower, for platforms without a native binary. */
export async function openWasm(threads: number): Promise<Backend> {
  const runtime = await import('onnxruntime-web');
  runtime.env.wasm.numThreads = threads;
  const options = { executionProviders: ['wasm'], logSeverityLevel: 3 } as const;
  return { name: 'wasm', createSession: program => createOnnxSession(runtime, program, options) };
}
