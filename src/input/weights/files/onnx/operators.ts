/** The operators of ONNX that rearrange constants (onnx/docs/Operators.md), as exporters put them before an LSTM's weights. */

import { failure } from "../../../../errors.ts";
import { isFloatType } from "../number-type.ts";
import { type Constant, productOf, withShape } from "./constant.ts";
import type { OnnxFile } from "./file.ts";
import { integersOf, literal, type Operands } from "./operands.ts";
import { combined, concatenated, expanded, gathered, rounded, sliced, transposed } from "./rearrange.ts";
import { parseTensor, storedConstant, TYPES } from "./tensor.ts";

/** One output of a node whose inputs are constants, of all but Split the first; null where it is not folded. */
type Operator = (operands: Operands, file: OnnxFile) => Constant | null;

export const OPERATORS: Readonly<Record<string, Operator>> = {
  Constant: ({ name, attribute }, file) => {
    const tensor = attribute("tensor", "value");
    if (tensor !== undefined) return storedConstant(parseTensor(tensor, file, name), file);
    const [float, integer] = [attribute("float", "value_float"), attribute("integer", "value_int")];
    if (float !== undefined) return literal("F32", [], [float]);
    if (integer !== undefined) return literal("I64", [], [integer]);
    const [floats, integers] = [attribute("floats", "value_floats"), attribute("integers", "value_ints")];
    if (floats !== undefined) return literal("F32", [floats.length], floats);
    return integers === undefined ? null : literal("I64", [integers.length], integers);
  },
  Identity: ({ input }) => input(0),
  Cast: ({ input, attribute }) => cast(input(0), TYPES[attribute("integer", "to") ?? 0] ?? ""),
  Shape: ({ input, attribute }) => {
    const { shape } = input(0);
    const part = shape.slice(attribute("integer", "start") ?? 0, attribute("integer", "end"));
    return literal("I64", [part.length], part);
  },
  Reshape: ({ input, attribute }) => {
    return reshaped(input(0), integersOf(input(1)), attribute("integer", "allowzero") === 1);
  },
  Squeeze: (operands) => {
    const input = operands.input(0);
    const given = axesOf(operands, 1)?.map((axis) => axisOf(axis, input.shape.length));
    const isDropped = (axis: number) => given?.includes(axis) ?? input.shape[axis] === 1;
    const shape = input.shape.filter((_, axis) => !isDropped(axis));
    return sameCount(input, shape);
  },
  Unsqueeze: (operands) => {
    const input = operands.input(0);
    const given = axesOf(operands, 1) ?? [];
    const rank = input.shape.length + given.length;
    const axes = new Set(given.map((axis) => axisOf(axis, rank)));
    const rest = [...input.shape];
    const shape = Array.from({ length: rank }, (_, axis) => (axes.has(axis) ? 1 : (rest.shift() ?? 0)));
    return sameCount(input, shape);
  },
  Transpose: ({ input, attribute }) => {
    const { shape } = input(0);
    const axes = attribute("integers", "perm") ?? shape.map((_, axis) => shape.length - 1 - axis);
    const isOrder = axes.length === shape.length && new Set(axes).size === axes.length && axes.every((a) => a in shape);
    if (!isOrder) throw failure("shape", `the order [${axes.join(", ")}] of ${shape.length} axes`);
    return transposed(input(0), axes);
  },
  Slice: (operands) => {
    const { input, attribute } = operands;
    const starts = attribute("integers", "starts") ?? integersOf(input(1));
    const ends = attribute("integers", "ends") ?? integersOf(input(2));
    const axes = axesOf(operands, 3) ?? starts.map((_, k) => k);
    const steps = operands.has(4) ? integersOf(input(4)) : starts.map(() => 1);
    const { length } = starts;
    if ([ends, axes, steps].some((list) => list.length !== length)) throw failure("shape", "bounds of another number");
    const rank = input(0).shape.length;
    return starts.reduce((from, start, k) => sliced(from, axisOf(axes[k], rank), start, ends[k], steps[k]), input(0));
  },
  Concat: ({ input, count, attribute }) => {
    const inputs = Array.from({ length: count }, (_, k) => input(k));
    return concatenated(inputs, axisOf(attribute("integer", "axis") ?? 0, input(0).shape.length));
  },
  Gather: ({ input, attribute }) => {
    const from = input(0);
    const indices = integersOf(input(1));
    return gathered(from, axisOf(attribute("integer", "axis") ?? 0, from.shape.length), indices, input(1).shape);
  },
  Expand: ({ input }) => expanded(input(0), integersOf(input(1))),
  Split: (operands) => {
    const input = operands.input(0);
    const axis = axisOf(operands.attribute("integer", "axis") ?? 0, input.shape.length);
    const lengths = lengthsOf(operands, input.shape[axis]);
    const start = lengths.slice(0, operands.output).reduce((sum, length) => sum + length, 0);
    return sliced(input, axis, start, start + lengths[operands.output], 1);
  },
  ConstantOfShape: ({ input, attribute, name }, file) => {
    const tensor = attribute("tensor", "value");
    const value =
      tensor === undefined ? literal("F32", [], [0]) : storedConstant(parseTensor(tensor, file, name), file);
    return expanded(sameCount(value, []), integersOf(input(0)));
  },
  Flatten: ({ input, attribute }) => {
    const { shape } = input(0);
    const given = attribute("integer", "axis") ?? 1;
    const axis = given === shape.length ? given : axisOf(given, shape.length);
    return sameCount(input(0), [productOf(shape.slice(0, axis)), productOf(shape.slice(axis))]);
  },
  Mul: ({ input }) => combined(input(0), input(1), (a, b) => a * b),
  Add: ({ input }) => combined(input(0), input(1), (a, b) => a + b),
  Sub: ({ input }) => combined(input(0), input(1), (a, b) => a - b),
};

/** Of the parts of a Split: told since opset 13 by an input, before by an attribute, or all alike but for a smaller last one. */
function lengthsOf({ attribute, has, input, outputs }: Operands, whole: number): readonly number[] {
  const told = attribute("integers", "split") ?? (has(1) ? integersOf(input(1)) : undefined);
  const each = Math.ceil(whole / outputs);
  const lengths = told ?? Array.from({ length: outputs }, (_, k) => Math.min(each, Math.max(0, whole - k * each)));
  const sum = lengths.reduce((sum, length) => sum + length, 0);
  if (lengths.length === outputs && sum === whole && lengths.every((length) => length >= 0)) return lengths;
  throw failure("shape", `parts of ${lengths.slice(0, 8).join(", ")} of ${whole} for ${outputs} outputs`);
}

/** As an attribute before opset 13 (Slice: 10), as an input since. */
function axesOf({ attribute, has, input }: Operands, at: number): readonly number[] | undefined {
  return attribute("integers", "axes") ?? (has(at) ? integersOf(input(at)) : undefined);
}

/** An axis counted from the first one; a negative one counts from behind. */
function axisOf(axis: number, rank: number): number {
  const found = axis < 0 ? axis + rank : axis;
  if (found >= 0 && found < rank) return found;
  throw failure("shape", `the axis ${axis} of ${rank}`);
}

function sameCount(input: Constant, shape: readonly number[]): Constant {
  if (productOf(shape) === input.count) return withShape(input, shape);
  throw failure("shape", `${input.count} entries as [${shape.join(", ")}]`);
}

/** 0 keeps a length, −1 is what the others leave. */
function reshaped(input: Constant, wanted: readonly number[], isZeroAllowed: boolean): Constant {
  const shape = wanted.map((length, axis) => (length === 0 && !isZeroAllowed ? (input.shape[axis] ?? 0) : length));
  const rest = productOf(shape.filter((length) => length !== -1));
  return sameCount(
    input,
    shape.map((length) => (length === -1 && rest > 0 ? input.count / rest : length)),
  );
}

/** Wider floats hold the same numbers; a float32 is rounded to. Other conversions are not folded. */
function cast(input: Constant, type: string): Constant | null {
  const { type: from } = input;
  const isInteger = (one: string) => one === "I32" || one === "I64";
  if (from === type || (isInteger(from) && isInteger(type))) return withShape(input, input.shape, type);
  if (!isFloatType(from) || (type !== "F32" && type !== "F64")) return null;
  return type === "F64" || from !== "F64" ? withShape(input, input.shape, type) : rounded(input);
}
