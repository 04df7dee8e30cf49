/** Arrays made of the entries of others. Shapes are worked out, entries are copied when they are asked for. */

import { failure } from "../../../../errors.ts";
import { inOrder, rowByRow } from "../../strided.ts";
import { type Constant, entriesOf, ofRuns, ofValues, productOf } from "./constant.ts";

/** Every step-th of an axis from `start` on, up to `end`; both count from behind where they are negative, and are clamped. */
export function sliced(input: Constant, axis: number, start: number, end: number, step: number): Constant {
  const length = input.shape[axis];
  if (step === 0) throw failure("shape", "a step of 0");
  const clamp = (bound: number, least: number, most: number) =>
    Math.min(Math.max(bound < 0 ? bound + length : bound, least), most);
  const [first, behind] =
    step > 0
      ? [clamp(start, 0, length), clamp(end, 0, length)]
      : [clamp(start, 0, length - 1), clamp(end, -1, length - 1)];
  const count = Math.max(0, Math.ceil((behind - first) / step));
  if (count === length && step === 1) return input;
  const inner = productOf(input.shape.slice(axis + 1));
  const shape = input.shape.with(axis, count);
  // entries that follow each other there as they do here: of a whole slice where its rows do
  const block = step === 1 ? count * inner : inner;
  return ofRuns({ type: input.type, shape, inputs: [input] }, (k) => {
    const [at, rest] = [Math.floor(k / block), k % block];
    const row = step === 1 ? at * length + first : Math.floor(at / count) * length + first + (at % count) * step;
    return { from: input, start: row * inner + rest, length: block - rest };
  });
}

/** Arrays one after the other along an axis. */
export function concatenated(inputs: readonly Constant[], axis: number): Constant {
  const [first] = inputs;
  const isLike = ({ shape, type }: Constant) =>
    type === first.type &&
    shape.length === first.shape.length &&
    shape.every((length, k) => k === axis || length === first.shape[k]);
  if (!inputs.every(isLike)) throw failure("shape", "arrays of other shapes or types");
  const inner = productOf(first.shape.slice(axis + 1));
  const lengths = inputs.map(({ shape }) => shape[axis] * inner);
  const row = lengths.reduce((sum, length) => sum + length, 0);
  const shape = first.shape.with(axis, inner === 0 ? sumOf(inputs, axis) : row / inner);
  return ofRuns({ type: first.type, shape, inputs }, (k) => {
    let rest = k % row;
    let part = 0;
    while (rest >= lengths[part]) rest -= lengths[part++];
    return { from: inputs[part], start: Math.floor(k / row) * lengths[part] + rest, length: lengths[part] - rest };
  });
}

function sumOf(inputs: readonly Constant[], axis: number): number {
  return inputs.reduce((sum, { shape }) => sum + shape[axis], 0);
}

/** The slices of an axis at some indices, which stand in an array of a shape of its own. */
export function gathered(
  input: Constant,
  axis: number,
  indices: readonly number[],
  shape: readonly number[],
): Constant {
  const length = input.shape[axis];
  const rows = indices.map((index) => (index < 0 ? index + length : index));
  const wrong = rows.findIndex((row) => !(row >= 0 && row < length));
  if (wrong >= 0) throw failure("shape", `the index ${indices[wrong]} of ${length}`);
  const inner = productOf(input.shape.slice(axis + 1));
  const whole = [...input.shape.slice(0, axis), ...shape, ...input.shape.slice(axis + 1)];
  return ofRuns({ type: input.type, shape: whole, inputs: [input] }, (k) => {
    const [at, rest] = [Math.floor(k / inner), k % inner];
    const row = Math.floor(at / rows.length) * length + rows[at % rows.length];
    return { from: input, start: row * inner + rest, length: inner - rest };
  });
}

/** Axes of length 1, and such as are missing in front, repeated as often as a shape says. */
export function expanded(input: Constant, wanted: readonly number[]): Constant {
  const rank = Math.max(wanted.length, input.shape.length);
  const own = padded(input.shape, rank);
  const other = padded(wanted, rank);
  const shape = own.map((length, axis) => (length === 1 ? other[axis] : length));
  const isFitting = shape.every((length, axis) => length >= 0 && (other[axis] === 1 || other[axis] === length));
  if (!isFitting) throw failure("shape", `[${input.shape.join(", ")}] as [${wanted.join(", ")}]`);
  if (shape.every((length, axis) => length === own[axis])) return { ...input, shape };
  // behind the last axis that is repeated entries follow each other as they do there
  const last = shape.findLastIndex((length, axis) => length !== own[axis]);
  const inner = productOf(shape.slice(last + 1));
  return ofRuns({ type: input.type, shape, inputs: [input] }, (k) => {
    let rest = Math.floor(k / inner);
    let stride = inner;
    let start = k % inner;
    for (let axis = last; axis >= 0; axis--) {
      if (own[axis] !== 1) start += (rest % shape[axis]) * stride;
      rest = Math.floor(rest / shape[axis]);
      stride *= own[axis];
    }
    return { from: input, start, length: inner - (k % inner) };
  });
}

function padded(shape: readonly number[], rank: number): number[] {
  return [...Array.from({ length: rank - shape.length }, () => 1), ...shape];
}

/** The axes in another order: axis k is the axis `axes[k]` there. */
export function transposed(input: Constant, axes: readonly number[]): Constant {
  const shape = axes.map((axis) => input.shape[axis]);
  const own = rowByRow(input.shape);
  const strides = axes.map((axis) => own[axis]);
  return ofValues({ type: input.type, shape, inputs: [input] }, () =>
    inOrder(entriesOf(input), { offset: 0, shape, strides }),
  );
}

/**
 * Entry by entry, as the type rounds a sum, a difference or a product; null for types whose rounding is not known. Of two
 * float32 the double is rounded to what the exact result is rounded to.
 */
export function combined(one: Constant, other: Constant, by: (a: number, b: number) => number): Constant | null {
  const { type } = one;
  if (type !== other.type || !["F32", "F64", "I32", "I64"].includes(type)) return null;
  const left = expanded(one, other.shape);
  const right = expanded(other, left.shape);
  return ofValues({ type, shape: left.shape, inputs: [left, right] }, () => {
    const [a, b] = [entriesOf(left), entriesOf(right)];
    return a.map((entry, k) => (type === "F32" ? Math.fround(by(entry, b[k])) : by(entry, b[k])));
  });
}

/** Rounded to float32. */
export function rounded(input: Constant): Constant {
  const { shape } = input;
  return ofValues({ type: "F32", shape, inputs: [input] }, () => entriesOf(input).map(Math.fround));
}
