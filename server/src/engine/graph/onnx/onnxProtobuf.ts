import { PbfWriter } from 'pbf';
import type { OnnxAttribute } from '../core/operatorRule';
import type { TensorValue } from '../core/operation';

/** A node of an ONNX graph. */
export interface OnnxNode {
  readonly type: string;
  readonly inputs: readonly string[];
  readonly output: string;
  readonly attributes: Readonly<Record<string, OnnxAttribute>>;
}

/** A named tensor with its values; BigInt64Array for ONNX's shapes and axes. */
export interface OnnxTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: TensorValue['data'] | BigInt64Array;
}

/** An input or output of a graph. `type` is ONNX's number of the data type. */
export interface OnnxValue {
  readonly name: string;
  readonly type: number;
  readonly shape: readonly number[];
}

/** An ONNX graph in the order of computation. */
export interface OnnxGraph {
  readonly nodes: readonly OnnxNode[];
  readonly initializers: readonly OnnxTensor[];
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
}

const irVersion = 9;
const operatorSet = 18;

/**
 * Encodes a graph as an ONNX model (onnx.proto: ModelProto; the numbers below are its field numbers).
 * @param metadata what a reader is told beside the graph, by key
 */
export function encodeModel(graph: OnnxGraph, metadata: Readonly<Record<string, string>> = {}): Uint8Array {
  const writer = new PbfWriter();
  writer.writeVarintField(1, irVersion);
  writer.writeStringField(2, 'labelless');
  writer.writeMessage(
    8,
    (version, pbf) => {
      pbf.writeVarintField(2, version);
    },
    operatorSet,
  );
  writer.writeMessage(7, writeGraph, graph);
  for (const entry of Object.entries(metadata)) writer.writeMessage(14, writeMetadata, entry);
  return writer.finish();
}

function writeMetadata([key, value]: readonly [string, string], pbf: PbfWriter): void {
  pbf.writeStringField(1, key);
  pbf.writeStringField(2, value);
}

function writeGraph(graph: OnnxGraph, pbf: PbfWriter): void {
  for (const node of graph.nodes) pbf.writeMessage(1, writeNode, node);
  pbf.writeStringField(2, 'step');
  for (const tensor of graph.initializers) pbf.writeMessage(5, writeTensor, tensor);
  for (const value of graph.inputs) pbf.writeMessage(11, writeValue, value);
  for (const value of graph.outputs) pbf.writeMessage(12, writeValue, value);
}

function writeNode(node: OnnxNode, pbf: PbfWriter): void {
  for (const input of node.inputs) pbf.writeStringField(1, input);
  pbf.writeStringField(2, node.output);
  pbf.writeStringField(3, node.output);
  pbf.writeStringField(4, node.type);
  for (const attribute of Object.entries(node.attributes)) pbf.writeMessage(5, writeAttribute, attribute);
}

const attributeTypes = { float: 1, integer: 2, string: 3, integers: 7 };

function writeAttribute([name, value]: readonly [string, OnnxAttribute], pbf: PbfWriter): void {
  pbf.writeStringField(1, name);
  if (typeof value === 'string') {
    pbf.writeStringField(4, value);
    pbf.writeVarintField(20, attributeTypes.string);
  } else if (typeof value === 'number') {
    pbf.writeVarintField(3, value);
    pbf.writeVarintField(20, attributeTypes.integer);
  } else if ('float' in value) {
    pbf.writeFloatField(2, value.float);
    pbf.writeVarintField(20, attributeTypes.float);
  } else {
    for (const integer of value) pbf.writeVarintField(8, integer);
    pbf.writeVarintField(20, attributeTypes.integers);
  }
}

function writeTensor({ name, shape, data }: OnnxTensor, pbf: PbfWriter): void {
  for (const size of shape) pbf.writeVarintField(1, size);
  pbf.writeVarintField(2, data instanceof BigInt64Array ? 7 : data instanceof Int32Array ? 6 : 1);
  pbf.writeStringField(8, name);
  pbf.writeBytesField(9, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
}

function writeValue({ name, type, shape }: OnnxValue, pbf: PbfWriter): void {
  pbf.writeStringField(1, name);
  pbf.writeMessage(
    2,
    (_, typePbf) => {
      typePbf.writeMessage(
        1,
        (_none, tensorPbf) => {
          tensorPbf.writeVarintField(1, type);
          tensorPbf.writeMessage(2, writeShape, shape);
        },
        null,
      );
    },
    null,
  );
}

function writeShape(shape: readonly number[], pbf: PbfWriter): void {
  for (const size of shape)
    pbf.writeMessage(
      1,
      (value, dimension) => {
        dimension.writeVarintField(1, value);
      },
      size,
    );
}
