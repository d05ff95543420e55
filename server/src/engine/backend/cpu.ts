import type { InferenceSession } from 'onnxruntime-common';
import { createOnnxSession, type OnnxRuntime } from './onnxruntime';
import type { Backend } from './session';

/** Options of a session on the CPU. Idle threads sleep: where another program holds a core, spinning ones slow both. */
export function cpuOptions(threads: number): InferenceSession.SessionOptions {
  return {
    executionProviders: ['cpu'],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    enableMemPattern: false, // a plan for all tensors at once takes 1.8 times the memory, and no less time
    logSeverityLevel: 3,
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  };
}

/** ONNX Runtime's own CPU kernels, from the binaries inside onnxruntime-node. */
export async function openCpu(threads: number): Promise<Backend> {
  const runtime = await loadNative();
  return { name: 'cpu', createSession: program => createOnnxSession(runtime, program, cpuOptions(threads)) };
}

/** Loads onnxruntime-node. Throws an error that says what to do where the package or its binary is missing. */
export async function loadNative(): Promise<OnnxRuntime> {
  try {
    return await import('onnxruntime-node');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split('\n', 1)[0] : String(cause);
    throw new Error(`onnxruntime-node has no binary that runs here (${reason}); choose the back end wasm, or install onnxruntime-node for this platform`, { cause });
  }
}
