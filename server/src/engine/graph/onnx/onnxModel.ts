import { onnxTypes, type OnnxAttribute, type OnnxEmitter } from '../core/operatorRule';
import { ruleOf } from '../rules/operatorRules';
import { isKind, type Node } from '../core/node';
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

  tensor(value: Omit<OnnxTensor, 'name'>): string {
    const name = `constant_${this.initializers.length}`;
    this.initializers.push({ name, ...value });
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
  const names = new Map<Node, string>();
  for (const node of program.graph.nodes) names.set(node, emitNode(node, names, emitter));
  const answer = (name: string, node: Node): OnnxValue => {
    emitter.emit('Identity', [names.get(node)!], {}, name);
    return valueOf(name, node);
  };
  const inputs = [
    ...Object.entries(program.inputs).map(([name, node]) => valueOf(onnxNames.input(name), node)),
    ...program.state.map(({ name, current }) => valueOf(onnxNames.current(name), current)),
  ];
  const changing = program.state.filter(({ current, next }) => current !== next);
  const outputs = [
    ...Object.entries(program.outputs).map(([name, node]) => answer(onnxNames.output(name), node)),
    ...changing.map(({ name, next }) => answer(onnxNames.next(name), next)),
  ];
  return encodeModel({ nodes: emitter.nodes, initializers: emitter.initializers, inputs, outputs });
}

function emitNode(node: Node, names: ReadonlyMap<Node, string>, emitter: GraphEmitter): string {
  if (isKind(node, 'input')) return onnxNames.input(node.operation.name);
  if (isKind(node, 'variable')) return onnxNames.current(node.operation.name);
  if (isKind(node, 'constant')) {
    const { value } = node.operation;
    return value.shape.length === 0 && value.data instanceof Float32Array
      ? emitter.float(value.data[0])
      : emitter.tensor(value);
  }
  return ruleOf(node)!.onnx(
    node,
    node.inputs.map(input => names.get(input)!),
    emitter,
  );
}

function valueOf(name: string, node: Node): OnnxValue {
  return { name, type: onnxTypes[node.type], shape: node.shape };
}
