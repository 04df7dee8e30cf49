/** ONNX models, field by field as onnx.proto numbers them, right or wrong. */
import { BinaryWriter } from "@bufbuild/protobuf/wire";

export type Write = (writer: BinaryWriter) => unknown;

/** A message field: its number, then the message. */
export const message =
  (number: number, ...parts: readonly Write[]): Write =>
  (writer) => {
    writer.tag(number, 2).fork();
    for (const part of parts) part(writer);
    writer.join();
  };
export const bytesOf = (...parts: readonly Write[]): Uint8Array => {
  const writer = new BinaryWriter();
  for (const part of parts) part(writer);
  return writer.finish();
};
export const int =
  (number: number, value: number | bigint): Write =>
  (writer) =>
    writer.tag(number, 0).int64(value as number);
export const text =
  (number: number, value: string): Write =>
  (writer) =>
    writer.tag(number, 2).string(value);
export const raw =
  (number: number, value: Uint8Array): Write =>
  (writer) =>
    writer.tag(number, 2).bytes(value);
export const float =
  (number: number, value: number): Write =>
  (writer) =>
    writer.tag(number, 5).float(value);

/** A model whose graph has these parts; `others` stand beside the graph. */
export const model = (parts: readonly Write[], others: readonly Write[] = []): Uint8Array =>
  bytesOf(int(1, 8), message(7, ...parts), ...others);

export const node = (type: string, ...parts: readonly Write[]): Write => message(1, text(4, type), ...parts);
export const inputs = (...names: readonly string[]): Write[] => names.map((name) => text(1, name));
export const outputs = (...names: readonly string[]): Write[] => names.map((name) => text(2, name));
export const attribute = (name: string, ...parts: readonly Write[]): Write => message(5, text(1, name), ...parts);
export const integer = (name: string, value: number): Write => attribute(name, int(3, value));
export const integers = (name: string, ...values: readonly number[]): Write =>
  attribute(name, ...values.map((value) => int(8, value)));
/** A graph that a node runs. */
export const body = (name: string, ...parts: readonly Write[]): Write => attribute(name, message(6, ...parts));
/** What a graph is given. */
export const given = (name: string): Write => message(11, text(1, name));
export const local = (domain: string, type: string, ...parts: readonly Write[]): Write =>
  message(25, text(1, type), text(10, domain), ...parts);

/** The fields of a tensor of float32, raw. */
export const floats = (name: string, shape: readonly number[], values: readonly number[]): Write[] => [
  ...shape.map((length) => int(1, length)),
  int(2, 1),
  text(8, name),
  raw(9, new Uint8Array(Float32Array.from(values).buffer)),
];
/** An initialiser. */
export const tensor = (...parts: readonly Write[]): Write => message(5, ...parts);
/** A Constant node of int64 in one axis. */
export const constant = (name: string, ...values: readonly number[]): Write =>
  node("Constant", ...outputs(name), integers("value_ints", ...values));
