/** The walk of a record for formats in which every number is a line of its own. */
import type { Matrix } from "../linalg/matrix.ts";
import { isMatrix } from "./json.ts";

/** One number of a record. `quantity`, and `wrt` behind a dot where there is one, is the path under which JSON has it. */
export interface Leaf {
  readonly quantity: string;
  /** What a derivative is with respect to, or what a note is of; empty for the rest. */
  readonly wrt: string;
  /** The unit or component from 0, of what a step has its t; null for a single number. */
  readonly row: number | null;
  /** null for a vector. */
  readonly column: number | null;
  /** null where JSON has null; 1 and 0 for true and false. */
  readonly value: number | null;
}

type Place = Pick<Leaf, "quantity" | "wrt" | "row" | "column">;

const NOWHERE: Place = { quantity: "", wrt: "", row: null, column: null };

/** Under these the last key is what a derivative is with respect to. */
const DERIVATIVES = /^(jacobian\.\w+|hessian\.\w+|gradient)$/;

/**
 * Every number of a record in its order. A sphere's norm and the goal become part of the path, as graders write it:
 * `optimum.2.max.f.h_prev`; words that are left, which are notes, stand as `wrt` beside a 1.
 */
export function* leavesOf(record: object): Generator<Leaf> {
  // the gradient of x has a row a step, but of a reverse cell they are in another order: there its rows are those of x
  const first = "reverse" in record ? 0 : 1;
  for (const leaf of entries(record, NOWHERE)) {
    const isOfX = leaf.quantity === "gradient" && leaf.wrt === "x";
    yield isOfX && leaf.row !== null ? { ...leaf, row: first + leaf.row } : leaf;
  }
}

function* leaves(value: unknown, place: Place): Generator<Leaf> {
  if (isMatrix(value)) yield* matrix(value, place);
  else if (value instanceof Float64Array || Array.isArray(value)) yield* list(value, place);
  else if (typeof value === "object" && value !== null) yield* entries(value, place);
  else if (typeof value === "string") yield { ...place, wrt: value, value: 1 };
  else if (value !== undefined) yield { ...place, value: value === null ? null : Number(value) };
}

function* entries(record: object, place: Place): Generator<Leaf> {
  for (const [key, value] of Object.entries(record)) {
    if (key === "optimum")
      yield* entries(value.gates ?? value.outputs, [key, value.norm, value.goal].reduce(below, place));
    else if (key === "blocks")
      for (const { unit, hessian } of value) yield* leaves(hessian, below(below(place, key), unit));
    else if (key === "quantities") for (const verdict of value) yield* verdictLeaves(verdict, below(place, key));
    else if (DERIVATIVES.test(place.quantity)) yield* leaves(value, { ...place, wrt: key });
    else yield* leaves(value, below(place, key));
  }
}

function below(place: Place, key: string): Place {
  return { ...place, quantity: place.quantity === "" ? key : `${place.quantity}.${key}` };
}

/** A verdict is of a derivative; its worst entry stands in that entry's row and column. */
function* verdictLeaves({ of, wrt, ...verdict }: Record<string, unknown> & { of: string; wrt: string }, place: Place) {
  const own = { ...below(place, of), wrt };
  const { worst, ...rest } = verdict as { worst: { row: number; column: number | null } };
  yield* entries(rest, own);
  const { row, column, ...numbers } = worst;
  yield* entries(numbers, { ...below(own, "worst"), row, column });
}

/** The second index of what has a row already: of a step, of a unit. */
function at(place: Place, k: number): Place {
  return place.row === null ? { ...place, row: k } : { ...place, column: k };
}

function* matrix({ cols, data }: Matrix, place: Place): Generator<Leaf> {
  for (const [k, value] of data.entries()) yield { ...place, row: Math.floor(k / cols), column: k % cols, value };
}

function* list(values: readonly unknown[] | Float64Array, place: Place): Generator<Leaf> {
  for (const [k, value] of values.entries()) {
    if (typeof value !== "object" || value === null) {
      yield* leaves(value, typeof value === "string" ? place : at(place, k));
      continue;
    }
    const { t, unit, ...rest } = value as { t?: number; unit?: number };
    const row = t ?? unit;
    // a matrix a step has rows and columns of its own, and tells its step by the input
    const wrt = place.quantity === "input_jacobian" ? `x_${t}` : place.wrt;
    yield* entries(rest, row === undefined ? at(place, k) : { ...place, wrt, row });
  }
}
