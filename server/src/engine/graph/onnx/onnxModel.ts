import { onnxTypes, type OnnxAttribute, type OnnxEmitter } from '../core/operatorRule';
import { ruleOf } from '../rules/operatorRules';
import { isKind, type Node } from '../core/node';
import type { TensorValue } from '../core/operation';
import type { Program } from '../core/program';
import { encodeModel, type OnnxNode, type OnnxTensor, type OnnxValue } from './onnxProtobuf';

/** The names under which a program's tensors are fed and fetched in its ONNX model. */
export const onnxNames = {
  input: (name: string) => `input/${name}`,
  output: (name: string) => `output/${name}`,
  current: (name: string) => `state/${name}`,
  next: (name: string) => `next/${name}`,
};

/** Collects the ONNX nodes that operators’ rules write. Equal constants are kept once. */
class GraphEmitter implements OnnxEmitter {
  readonly nodes: OnnxNode[] = [];
  readonly initializers: OnnxTensor[] = [];
  private readonly constants = new Map<string, string>();

  emit(
    type: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, OnnxAttribute>> = {},
    output = `${type}_${this.nodes.length}`,
  ): string {
    this.nodes.push({ type, inputs, output, attributes });
    return output;
  }

  integers(values: readonly number[]): string {
    return this.shared(`i${values.join()}`, { shape: [values.length], data: BigInt64Array.from(values, BigInt) });
  }

  float(value: number): string {
    return this.shared(`f${value}`, { shape: [], data: Float32Array.of(value) });
  }

  tensor({ shape, data }: Omit<OnnxTensor, 'name'>, name = `constant_${this.initializers.length}`): string {
    this.initializers.push({ name, shape, data });
    return name;
  }

  private shared(key: string, value: Omit<OnnxTensor, 'name'>): string {
    const name = this.constants.get(key) ?? this.tensor(value);
    this.constants.set(key, name);
    return name;
  }
}

/** A program as an ONNX model: inputs and state in, outputs and the state's next values out (where they change). */
export function toOnnx(program: Program): Uint8Array {
  const emitter = new GraphEmitter();
  const names = emitNodes(program, emitter, { input: onnxNames.input, variable: onnxNames.current });
  const inputs = [
    ...Object.entries(program.inputs).map(([name, node]) => valueOf(onnxNames.input(name), node)),
    ...program.state.map(({ name, current }) => valueOf(onnxNames.current(name), current)),
  ];
  const changing = program.state.filter(({ current, next }) => current !== next);
  const outputs = [
    ...Object.entries(program.outputs).map(([name, node]) => answer(onnxNames.output(name), node, names, emitter)),
    ...changing.map(({ name, next }) => answer(onnxNames.next(name), next, names, emitter)),
  ];
  return encodeModel({ nodes: emitter.nodes, initializers: emitter.initializers, inputs, outputs });
}

/**
 * A program whose state does not change as an ONNX model that stands alone: the values of its state are inside, and its
 * inputs and outputs have their own names.
 * @param state a value for each variable, by name
 * @param metadata what a reader of the model is told beside the graph, by key
 */
export function toStandaloneOnnx(
  program: Program,
  state: Readonly<Record<string, TensorValue>>,
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  const emitter = new GraphEmitter();
  const names = emitNodes(program, emitter, {
    input: name => name,
    variable: name => emitter.tensor(state[name], name),
  });
  const inputs = Object.entries(program.inputs).map(([name, node]) => valueOf(name, node));
  const outputs = Object.entries(program.outputs).map(([name, node]) => answer(name, node, names, emitter));
  return encodeModel({ nodes: emitter.nodes, initializers: emitter.initializers, inputs, outputs }, metadata);
}

/** How inputs and variables become ONNX values: what gives their names. */
interface LeafNames {
  readonly input: (name: string) => string;
  readonly variable: (name: string) => string;
}

function emitNodes(program: Program, emitter: GraphEmitter, leaves: LeafNames): ReadonlyMap<Node, string> {
  const names = new Map<Node, string>();
  for (const node of program.graph.nodes) names.set(node, emitNode(node, names, emitter, leaves));
  return names;
}

function emitNode(
  node: Node,
  names: ReadonlyMap<Node, string>,
  emitter: GraphEmitter,
  { input, variable }: LeafNames,
): string {
  if (isKind(node, 'input')) return input(node.operation.name);
  if (isKind(node, 'variable')) return variable(node.operation.name);
  if (isKind(node, 'constant')) {
    const { value } = node.operation;
    return value.shape.length === 0 && value.data instanceof Float32Array
      ? emitter.float(value.data[0])
      : emitter.tensor(value);
  }
  return ruleOf(node)!.onnx(
    node,
    node.inputs.map(from => names.get(from)!),
    emitter,
  );
}

/** Gives a node's value the name of an output. */
function answer(name: string, node: Node, names: ReadonlyMap<Node, string>, emitter: GraphEmitter): OnnxValue {
  emitter.emit('Identity', [names.get(node)!], {}, name);
  return valueOf(name, node);
}

function valueOf(name: string, node: Node): OnnxValue {
  return { name, type: onnxTypes[node.type], shape: node.shape };
}
