import { PbfWriter } from 'pbf';

/** The part of ONNX's protobuf format that is written here, with the field numbers of `onnx.proto`. */
export interface ModelProto {
  readonly irVersion: number;
  readonly opset: number;
  readonly producer: string;
  readonly graph: GraphProto;
  readonly metadata: Readonly<Record<string, string>>;
}
export interface GraphProto {
  readonly name: string;
  readonly nodes: readonly NodeProto[];
  readonly initializers: readonly TensorProto[];
  readonly inputs: readonly ValueInfoProto[];
  readonly outputs: readonly ValueInfoProto[];
}
export interface NodeProto {
  readonly opType: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: readonly AttributeProto[];
}
export type AttributeProto = { readonly name: string } & (
  | { readonly int: number }
  | { readonly string: string }
  | { readonly ints: readonly number[] }
  | { readonly floats: readonly number[] }
  | { readonly strings: readonly string[] }
  | { readonly graph: GraphProto }
);
export interface TensorProto {
  readonly name: string;
  readonly dims: readonly number[];
  readonly dataType: number;
  readonly raw: Uint8Array;
}
export interface ValueInfoProto {
  readonly name: string;
  readonly elementType: number;
  readonly dims: readonly (number | string)[];
}

export function encodeModel(model: ModelProto): Uint8Array {
  const pbf = new PbfWriter();
  pbf.writeVarintField(1, model.irVersion);
  pbf.writeStringField(2, model.producer);
  pbf.writeMessage(7, writeGraph, model.graph);
  pbf.writeMessage(8, (opset, out) => out.writeVarintField(2, opset), model.opset);
  for (const entry of Object.entries(model.metadata)) pbf.writeMessage(14, writeEntry, entry);
  return pbf.finish();
}

function writeEntry([key, value]: readonly [string, string], pbf: PbfWriter): void {
  pbf.writeStringField(1, key);
  pbf.writeStringField(2, value);
}

function writeGraph(graph: GraphProto, pbf: PbfWriter): void {
  for (const node of graph.nodes) pbf.writeMessage(1, writeNode, node);
  pbf.writeStringField(2, graph.name);
  for (const tensor of graph.initializers) pbf.writeMessage(5, writeTensor, tensor);
  for (const value of graph.inputs) pbf.writeMessage(11, writeValueInfo, value);
  for (const value of graph.outputs) pbf.writeMessage(12, writeValueInfo, value);
}

function writeNode(node: NodeProto, pbf: PbfWriter): void {
  for (const name of node.inputs) pbf.writeStringField(1, name);
  for (const name of node.outputs) pbf.writeStringField(2, name);
  pbf.writeStringField(4, node.opType);
  for (const attribute of node.attributes) pbf.writeMessage(5, writeAttribute, attribute);
}

function writeAttribute(attribute: AttributeProto, pbf: PbfWriter): void {
  const type = (code: number) => pbf.writeVarintField(20, code);
  pbf.writeStringField(1, attribute.name);
  if ('int' in attribute) {
    pbf.writeVarintField(3, attribute.int);
    type(2);
  } else if ('string' in attribute) {
    pbf.writeStringField(4, attribute.string);
    type(3);
  } else if ('graph' in attribute) {
    pbf.writeMessage(6, writeGraph, attribute.graph);
    type(5);
  } else if ('floats' in attribute) {
    for (const number of attribute.floats) pbf.writeFloatField(7, number);
    type(6);
  } else if ('ints' in attribute) {
    for (const number of attribute.ints) pbf.writeVarintField(8, number);
    type(7);
  } else {
    for (const text of attribute.strings) pbf.writeStringField(9, text);
    type(8);
  }
}

function writeTensor(tensor: TensorProto, pbf: PbfWriter): void {
  for (const dim of tensor.dims) pbf.writeVarintField(1, dim);
  pbf.writeVarintField(2, tensor.dataType);
  pbf.writeStringField(8, tensor.name);
  pbf.writeBytesField(9, tensor.raw);
}

function writeValueInfo(value: ValueInfoProto, pbf: PbfWriter): void {
  pbf.writeStringField(1, value.name);
  pbf.writeMessage(2, writeType, value);
}
function writeType(value: ValueInfoProto, pbf: PbfWriter): void {
  pbf.writeMessage(1, writeTensorType, value);
}
function writeTensorType(value: ValueInfoProto, pbf: PbfWriter): void {
  pbf.writeVarintField(1, value.elementType);
  pbf.writeMessage(2, writeShape, value.dims);
}
function writeShape(dims: readonly (number | string)[], pbf: PbfWriter): void {
  for (const dim of dims) pbf.writeMessage(1, writeDim, dim);
}
function writeDim(dim: number | string, pbf: PbfWriter): void {
  if (typeof dim === 'number') pbf.writeVarintField(1, dim);
  else pbf.writeStringField(2, dim);
}
