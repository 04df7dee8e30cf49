/** What an operator is given: its inputs and attributes. */

import { failure } from "../../../../errors.ts";
import { type Constant, entriesOf } from "./constant.ts";
import type { Attribute } from "./node.ts";
import { isIntegerType } from "./numbers.ts";

export interface Operands {
  /** The node's, for messages. */
  readonly name: string;
  /** How many inputs there are. */
  readonly count: number;
  /** How many outputs there are, and which of them is wanted. */
  readonly outputs: number;
  readonly output: number;
  /** Whether an optional input is given. */
  readonly has: (at: number) => boolean;
  /** @throws {DlstmError} missing. */
  readonly input: (at: number) => Constant;
  /** The value of an attribute that is stored in such a way. */
  readonly attribute: <Kind extends keyof Attribute>(kind: Kind, name: string) => Attribute[Kind] | undefined;
}

/** Far above the axes of any tensor. */
const MOST_INTEGERS = 64;

/** The entries of a shape, of axes or of bounds. */
export function integersOf({ type, count, ...rest }: Constant): readonly number[] {
  if (!isIntegerType(type)) throw failure("syntax", `integers expected, found ${type}`);
  if (count > MOST_INTEGERS) throw failure("too-large", `${count} integers, expected at most ${MOST_INTEGERS}`);
  return [...entriesOf({ type, count, ...rest })];
}

/** An array that stands in the model's graph itself. */
export function literal(type: string, shape: readonly number[], entries: readonly number[]): Constant {
  const values = Float64Array.from(entries);
  return {
    type,
    shape,
    count: values.length,
    inputs: [],
    depth: 0,
    copy: (out, at, start, count) => out.set(values.subarray(start, start + count), at),
  };
}
