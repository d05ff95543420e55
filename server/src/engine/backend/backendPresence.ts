import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { RunnableBackendName } from '../../../../protocol/backends';
import { describeCudaLibraries } from './cudaLibraries';

const system = `${process.platform} ${process.arch}`;

/**
 * The reason why a back end cannot be on this machine, and how to get it where that is possible; undefined where the
 * back end may be present. Looks only at the file system, so that a machine without a graphics card waits for no trial.
 */
export function absenceReason(name: RunnableBackendName, tensorflowFolder: string | undefined): string | undefined {
  switch (name) {
    case 'cpu':
      return withoutNativeCode();
    case 'wasm':
      return undefined;
    case 'webgpu':
      return system === 'linux arm64' ? 'ONNX Runtime has no WebGPU for Linux on ARM yet' : withoutGraphics();
    case 'cuda':
      return withoutCuda();
    case 'directml':
      return process.platform === 'win32' ? undefined : `DirectML is part of Windows; ${endOfDirectml}`;
    case 'coreml':
      return process.platform === 'darwin' ? undefined : 'Core ML is part of macOS';
    case 'tensorflow':
      return tensorflowPackage(tensorflowFolder).missing;
  }
}

const endOfDirectml = 'Microsoft develops it no further, and webgpu runs on the same cards';

/** What is worth knowing of a back end that works; undefined where there is nothing. */
export function advice(name: RunnableBackendName): string | undefined {
  if (name === 'directml') return endOfDirectml;
  const lacking = name === 'wasm' ? withoutNativeCode() : undefined;
  return lacking === undefined ? undefined : `it takes the place of cpu on this machine: ${lacking}`;
}

/** Why ONNX Runtime has no native code for a system; undefined where it has. */
export function withoutNativeCode(of: string = system, hasMusl: () => boolean = isMusl): string | undefined {
  const reason = (name: string) => `ONNX Runtime has no native code for ${name}; wasm runs instead, slower`;
  if (of === 'darwin x64') return reason('Macs with Intel processors');
  return of.startsWith('linux ') && hasMusl() ? reason('Alpine Linux (musl)') : undefined;
}

/** Whether the C library is musl, as in Alpine Linux: Node's report names glibc where that is there. */
function isMusl(): boolean {
  const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } };
  return header.glibcVersionRuntime === undefined;
}

/** On Linux a graphics card shows as a device file; elsewhere the system always has an adapter. */
function withoutGraphics(): string | undefined {
  if (process.platform !== 'linux' || hasNvidiaCard() || process.env.VK_DRIVER_FILES || process.env.VK_ICD_FILENAMES)
    return undefined;
  const devices = existsSync('/dev/dri') ? readdirSync('/dev/dri') : [];
  return devices.some(device => device.startsWith('renderD')) ? undefined : 'no graphics card: none shows in /dev/dri';
}

function withoutCuda(): string | undefined {
  if (system !== 'linux x64')
    return 'ONNX Runtime for Node.js has CUDA on Linux x64 alone; webgpu runs on NVIDIA cards everywhere';
  if (!hasNvidiaCard()) return 'no NVIDIA card or no driver of it: /dev/nvidiactl is not there';
  const folder = nativeFolder();
  if (folder === undefined || existsSync(path.join(folder, 'libonnxruntime_providers_cuda.so'))) return undefined;
  return (
    "ONNX Runtime's CUDA part is not installed: copy libonnxruntime_providers_cuda.so and " +
    'libonnxruntime_providers_shared.so of the same version (NuGet package Microsoft.ML.OnnxRuntime.Gpu.Linux) ' +
    `to ${folder}`
  );
}

/** The reason of `absenceReason` for people, with what a look at the system's libraries adds to it. */
export function describeAbsence(name: RunnableBackendName, tensorflowFolder: string | undefined): string | undefined {
  const reason = absenceReason(name, tensorflowFolder);
  const isPartMissing = name === 'cuda' && reason !== undefined && system === 'linux x64' && hasNvidiaCard();
  return isPartMissing ? `${reason}; ${describeCudaLibraries()}` : reason;
}

function hasNvidiaCard(): boolean {
  return existsSync('/dev/nvidiactl');
}

/** The folder of onnxruntime-node's binaries for this system. */
function nativeFolder(): string | undefined {
  try {
    const bin = path.resolve(createRequire(__filename).resolve('onnxruntime-node'), '..', '..', 'bin');
    return readdirSync(bin)
      .map(version => path.join(bin, version, process.platform, process.arch))
      .find(folder => existsSync(folder));
  } catch {
    return undefined; // without the package, its own error says more
  }
}

/** Packages of TensorFlow, the GPU's first: who has installed it has the card for it. */
const tensorflowPackages = ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node'] as const;

/**
 * The package of TensorFlow for Node.js that the user has installed in a folder, or why there is none and how to get
 * it.
 */
export function tensorflowPackage(
  folder: string | undefined,
): { name: string; missing?: undefined } | { name?: undefined; missing: string } {
  if (folder === undefined || folder === '') {
    return {
      missing:
        'not set up: run `npm install @tensorflow/tfjs-node` (or `@tensorflow/tfjs-node-gpu`) in a folder of its ' +
        'own, and name that folder in the setting labelless.tensorflow.folder',
    };
  }
  if (!existsSync(folder)) return { missing: `the folder of labelless.tensorflow.folder is not there: ${folder}` };
  const name = tensorflowPackages.find(candidate =>
    existsSync(path.join(folder, 'node_modules', candidate, 'package.json')),
  );
  return name
    ? { name }
    : {
        missing:
          `no TensorFlow in ${folder}: ` +
          'run `npm install @tensorflow/tfjs-node` (or `@tensorflow/tfjs-node-gpu`) there',
      };
}

/** What a user can do about a back end that is present but does not work; undefined where its error says it. */
export function remedy(name: RunnableBackendName): string | undefined {
  switch (name) {
    case 'tensorflow':
      return undefined;
    case 'cpu':
      return 'install Labelless for this platform anew, or choose the back end wasm';
    case 'wasm':
      return 'it needs Node.js 20 or newer, and some 500 MB of free memory';
    case 'webgpu':
      return process.platform === 'linux'
        ? 'the graphics card needs its driver for Vulkan'
        : 'the graphics card needs a newer driver';
    case 'cuda':
      return `${describeCudaLibraries()}; the driver must be new enough for them`;
    case 'directml':
      return 'the graphics card needs a newer driver, or Windows an update';
    case 'coreml':
      return 'choose the back end webgpu, which runs on the same graphics card';
  }
}
