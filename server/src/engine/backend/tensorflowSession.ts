import { graphOf, isKind, type Node } from '../graph/core/node';
import type { TensorValue } from '../graph/core/operation';
import type { Program } from '../graph/core/program';
import type { Tensor, TensorFlow } from '../graph/tensorflow/kernel';
import { kernelOf } from '../graph/tensorflow/kernels';
import type { Session } from './session';
import { changingState, checkedFeeds, checkedState, checkFetch } from './programValues';

/** Interprets a program node by node on TensorFlow.js. */
export class TensorflowSession implements Session {
  private readonly state = new Map<Node, Tensor>();
  private readonly constants = new Map<Node, Tensor>();
  private readonly plans = new Map<string, Plan>();

  constructor(
    private readonly tf: TensorFlow,
    private readonly program: Program,
  ) {
    for (const { current, initial } of program.state) this.state.set(current, this.kept(initial));
    for (const node of program.graph.nodes)
      if (isKind(node, 'constant')) this.constants.set(node, this.kept(node.operation.value));
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- errors are to reject, as every back end's do
  async run(
    feeds: Readonly<Record<string, TensorValue>>,
    fetch = Object.keys(this.program.outputs),
  ): Promise<Record<string, TensorValue>> {
    checkFetch(this.program, fetch);
    const fed = checkedFeeds(this.program, feeds);
    const replaced = changingState(this.program);
    const plan = this.planFor(fetch);
    let result: Record<string, TensorValue> = {};
    this.tf.tidy(() => {
      const values = new Map([...this.constants, ...this.state]);
      for (const [name, value] of fed) values.set(this.program.inputs[name], this.toTensor(value));
      this.compute(plan, values);
      result = Object.fromEntries(fetch.map(name => [name, read(values.get(this.program.outputs[name])!)] as const));
      // Clones: a node may be the next value of two variables, or a variable's own.
      const next = replaced.map(
        variable => [variable.current, this.tf.keep(this.tf.clone(values.get(variable.next)!))] as const,
      );
      for (const [variable, tensor] of next) this.replace(variable, tensor);
    });
    return result;
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- as above
  async readState(): Promise<Record<string, TensorValue>> {
    return Object.fromEntries(this.program.state.map(({ name, current }) => [name, read(this.state.get(current)!)]));
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- as above
  async writeState(state: Readonly<Record<string, TensorValue>>): Promise<void> {
    for (const [name, value] of checkedState(this.program, state)) {
      this.replace(this.program.state.find(variable => variable.name === name)!.current, this.kept(value));
    }
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- as above
  async dispose(): Promise<void> {
    for (const tensors of [this.state, this.constants]) {
      for (const tensor of tensors.values()) tensor.dispose();
      tensors.clear();
    }
  }

  /** Fills in the values of a plan's nodes, and disposes of each as soon as nothing needs it any more. */
  private compute(plan: Plan, values: Map<Node, Tensor>): void {
    const { tf } = this;
    for (const { node, last } of plan) {
      const kernel = kernelOf(node);
      if (kernel)
        values.set(
          node,
          tf.tidy(() =>
            kernel(
              tf,
              node.inputs.map(input => values.get(input)!),
              node,
            ),
          ),
        );
      for (const done of last) values.get(done)!.dispose();
    }
  }

  private planFor(fetch: readonly string[]): Plan {
    const key = JSON.stringify(fetch);
    let plan = this.plans.get(key);
    if (!plan)
      this.plans.set(
        key,
        (plan = makePlan([
          ...fetch.map(name => this.program.outputs[name]),
          ...changingState(this.program).map(({ next }) => next),
        ])),
      );
    return plan;
  }

  private replace(variable: Node, tensor: Tensor): void {
    this.state.get(variable)?.dispose();
    this.state.set(variable, tensor);
  }

  /** A tensor that outlives the run; of values of its own, as TensorFlow.js takes over what it is given. */
  private kept({ shape, data }: TensorValue): Tensor {
    return this.tf.keep(this.toTensor({ shape, data: data.slice() }));
  }

  private toTensor({ shape, data }: TensorValue): Tensor {
    return this.tf.tensor(data, [...shape], data instanceof Int32Array ? 'int32' : 'float32');
  }
}

/** Nodes in the order in which they are computed, each with those that nothing after it needs. */
type Plan = readonly { readonly node: Node; readonly last: readonly Node[] }[];

function makePlan(wanted: readonly Node[]): Plan {
  const { nodes } = graphOf(wanted);
  const lastUse = new Map<Node, Node>();
  for (const node of nodes) for (const input of [node, ...node.inputs]) lastUse.set(input, node);
  const stays = new Set(wanted);
  const ending = new Map<Node, Node[]>(nodes.map(node => [node, []]));
  for (const [node, user] of lastUse) {
    if (!stays.has(node) && !isKind(node, 'variable') && !isKind(node, 'constant')) ending.get(user)!.push(node);
  }
  return nodes.map(node => ({ node, last: ending.get(node)! }));
}

/** A copy of a tensor's values on the host. */
function read(tensor: Tensor): TensorValue {
  const { shape, dtype } = tensor;
  // the plain back end may leave bytes that were bool
  if (dtype === 'float32') return { shape, data: Float32Array.from(tensor.dataSync()) };
  if (dtype === 'int32') return { shape, data: Int32Array.from(tensor.dataSync()) };
  throw new Error(`A tensor of ${dtype} cannot be read`);
}
