import type { InferenceSession, InferenceSessionFactory, Tensor, TensorConstructor } from 'onnxruntime-common';
import { onnxNames, toOnnx } from '../graph/onnx/onnxModel';
import type { Program } from '../graph/core/program';
import type { Session } from './session';
import { changingState, checkedFeeds, checkedState, checkFetch } from './programValues';
import type { TensorValue } from '../graph/core/operation';

/** The exports that onnxruntime-node and onnxruntime-web have in common. */
export interface OnnxRuntime {
  readonly InferenceSession: InferenceSessionFactory;
  readonly Tensor: TensorConstructor;
}

/** Compiles a program on ONNX Runtime. With `stateLocation` on a device the state stays there from run to run. */
export async function createOnnxSession(
  runtime: OnnxRuntime,
  program: Program,
  options: InferenceSession.SessionOptions,
  stateLocation: Tensor.DataLocation = 'cpu',
): Promise<Session> {
  const locations = Object.fromEntries([
    ...Object.keys(program.outputs).map(name => [onnxNames.output(name), 'cpu'] as const),
    ...changingState(program).map(({ name }) => [onnxNames.next(name), stateLocation] as const),
  ]);
  const placed = stateLocation === 'cpu' ? options : { ...options, preferredOutputLocation: locations };
  return new OnnxSession(runtime, program, await runtime.InferenceSession.create(toOnnx(program), placed));
}

class OnnxSession implements Session {
  private readonly state = new Map<string, Tensor>();

  constructor(
    private readonly runtime: OnnxRuntime,
    private readonly program: Program,
    private readonly session: InferenceSession,
  ) {
    for (const { name, initial } of program.state) this.state.set(name, this.toTensor(initial));
  }

  async run(
    feeds: Readonly<Record<string, TensorValue>>,
    fetch = Object.keys(this.program.outputs),
  ): Promise<Record<string, TensorValue>> {
    checkFetch(this.program, fetch);
    const replaced = changingState(this.program);
    const wanted = [...fetch.map(name => onnxNames.output(name)), ...replaced.map(({ name }) => onnxNames.next(name))];
    const results = await this.session.run(this.allFeeds(feeds), wanted);
    for (const { name } of replaced) this.replace(name, results[onnxNames.next(name)]);
    return Object.fromEntries(
      await Promise.all(fetch.map(async name => [name, await read(results[onnxNames.output(name)], true)] as const)),
    );
  }

  async readState(): Promise<Record<string, TensorValue>> {
    return Object.fromEntries(
      await Promise.all(
        [...this.state].map(async ([name, tensor]) => [name, copy(await read(tensor, false))] as const),
      ),
    );
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- errors are to reject, as every back end's do
  async writeState(state: Readonly<Record<string, TensorValue>>): Promise<void> {
    for (const [name, value] of checkedState(this.program, state)) this.replace(name, this.toTensor(value));
  }

  async dispose(): Promise<void> {
    for (const tensor of this.state.values()) tensor.dispose();
    this.state.clear();
    await this.session.release();
  }

  private allFeeds(feeds: Readonly<Record<string, TensorValue>>): Record<string, Tensor> {
    return Object.fromEntries([
      ...checkedFeeds(this.program, feeds).map(
        ([name, value]) => [onnxNames.input(name), this.toTensor(value)] as const,
      ),
      ...[...this.state].map(([name, tensor]) => [onnxNames.current(name), tensor] as const),
    ]);
  }

  private toTensor({ shape, data }: TensorValue): Tensor {
    return data instanceof Int32Array
      ? new this.runtime.Tensor('int32', data, shape)
      : new this.runtime.Tensor('float32', data, shape);
  }

  private replace(name: string, tensor: Tensor): void {
    this.state.get(name)?.dispose();
    this.state.set(name, tensor);
  }
}

/** A tensor's values on the host. */
async function read(tensor: Tensor, release: boolean): Promise<TensorValue> {
  const data = await tensor.getData(release);
  if (!(data instanceof Float32Array || data instanceof Int32Array))
    throw new Error(`A tensor of ${tensor.type} cannot be read`);
  return { shape: tensor.dims, data };
}

function copy({ shape, data }: TensorValue): TensorValue {
  return { shape, data: data.slice() };
}
