import { createOnnxSession } from './onnxruntime';
import type { Backend } from './session';

/** ONNX Runtime as WebAssembly, from onnxruntime-web: slower, for platforms without a native binary. */
export async function openWasm(threads: number): Promise<Backend> {
  const runtime = await import('onnxruntime-web');
  runtime.env.wasm.numThreads = threads;
  const options = { executionProviders: ['wasm'], logSeverityLevel: 3 } as const;
  return { name: 'wasm', createSession: program => createOnnxSession(runtime, program, options) };
}
