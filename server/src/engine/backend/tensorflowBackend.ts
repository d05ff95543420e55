import { reasonOf } from '../../../../mask/errors';
import { createRequire } from 'node:module';
import path from 'node:path';
import util from 'node:util';
import type { TensorFlow } from '../graph/tensorflow/kernel';
import { tensorflowPackage } from './backendPresence';
import type { Backend, BackendOptions } from './session';
import { TensorflowSession } from './tensorflowSession';

/** Opens TensorFlow for Node.js, from the folder where the user has installed it. */
export function openTensorflow(threads: number, folder: BackendOptions['tensorflowFolder']): Backend {
  return interpreterBackend(load(threads, folder));
}

/** A back end that interprets programs on any build of TensorFlow.js. */
export function interpreterBackend(tf: TensorFlow): Backend {
  // eslint-disable-next-line @typescript-eslint/require-await -- errors are to reject, as every back end's do
  return { name: 'tensorflow', createSession: async program => new TensorflowSession(tf, program) };
}

/** @throws Error that says what to do where there is none, or it does not load */
function load(threads: number, folder: string | undefined): TensorFlow {
  const { name, missing } = tensorflowPackage(folder);
  if (name === undefined) throw new Error(missing);
  // Read by the library once, as it loads.
  process.env.TF_NUM_INTRAOP_THREADS = String(threads);
  process.env.TF_NUM_INTEROP_THREADS = '1';
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  // Gone since Node 23, and still called by tfjs-node 4.
  Object.assign(util, {
    isNullOrUndefined: (value: unknown) => value === null || value === undefined,
    isArray: Array.isArray,
  });
  try {
    return createRequire(path.resolve(folder!, 'package.json'))(name) as TensorFlow;
  } catch (cause) {
    const reason = reasonOf(cause).split('\n', 1)[0].trim();
    throw new Error(
      `${name} in ${folder} does not load (${reason}); ` +
        `run \`npm rebuild ${name} --build-addon-from-source\` there, or install it again`,
      { cause },
    );
  }
}
