/** The native cell, or the state, of a plain line: what {@link parseCell} and {@link cellWithState} make of it, where nothing is wrong with it. */
import type { Matrix } from "../../linalg/matrix.ts";
import type { Cell, GateWeights } from "../../lstm/cell.ts";
import { GATES, type Gate } from "../../lstm/names.ts";
import { WEIGHT_KEYS } from "../keys.ts";
import type { LineLabel } from "../line-label.ts";
import { ArrayWalk, placeOf } from "./array-walk.ts";

/** A line that was read. */
export interface WalkedLine {
  readonly label: LineLabel;
  readonly cell: Cell;
}

/** From the bytes of a line to its cell, whose numbers stand until the next is read; null where all is to be gone through with care. */
export type WalkLine = (bytes: Uint8Array) => WalkedLine | null;

/** For lines that are a cell each; null where no engine walks. */
export function cellWalk(): WalkLine | null {
  const walk = ArrayWalk.make();
  if (walk === null) return null;
  return (bytes) => {
    const cell = walk.read(bytes) ? cellIn(walk) : null;
    return cell && { label: walk.label, cell };
  };
}

const WEIGHTS = WEIGHT_KEYS.map(placeOf);

/** For lines that are a state each of one cell. */
export function stateWalk(own: Cell): WalkLine | null {
  const walk = ArrayWalk.make();
  if (walk === null) return null;
  return (bytes) => {
    const isState = walk.read(bytes) && walk.reverse === null && WEIGHTS.every((place) => walk.shape(place) === null);
    const cell = isState ? withState(own, walk) : null;
    return cell && { label: walk.label, cell };
  };
}

const OF_GATES = GATES.map((g) => ({ g, U: placeOf(`U_${g}`), W: placeOf(`W_${g}`), b: placeOf(`b_${g}`) }));

function cellIn(walk: ArrayWalk): Cell | null {
  let hidden = 0;
  let input: number | null = null;
  const gates: Partial<Record<Gate, GateWeights>> = {};
  for (const of of OF_GATES) {
    const [U, W, b] = [walk.shape(of.U), walk.shape(of.W), walk.shape(of.b)];
    const cols = W === null ? null : W.cols;
    if (U === null) {
      if (W !== null || b !== null) return null;
      continue;
    }
    if (hidden === 0) {
      hidden = U.rows;
      input = cols;
    }
    if (U.rows !== hidden || U.cols !== hidden || cols !== input) return null;
    if ((W !== null && W.rows !== hidden) || (b !== null && b.cols !== hidden)) return null;
    const ofState = { rows: hidden, cols: hidden, data: walk.numbers(of.U) };
    gates[of.g] = { W: matrixIn(walk, of.W), U: ofState, b: b && walk.numbers(of.b) };
  }
  if (hidden === 0) return null;
  const { name = null } = walk.label;
  const { state, x, upstream } = NOTHING;
  const reverse = walk.reverse ?? false;
  return withState({ name, hiddenSize: hidden, inputSize: input, gates, state, x, reverse, upstream }, walk);
}

const NOTHING = {
  state: { x_t: null, h_prev: null, c_prev: null },
  x: null,
  upstream: { dh_t: null, dc_t: null },
} as const satisfies Partial<Cell>;

const STATE = {
  x: placeOf("x"),
  x_t: placeOf("x_t"),
  h_prev: placeOf("h_prev"),
  c_prev: placeOf("c_prev"),
  dh_t: placeOf("dh_t"),
  dc_t: placeOf("dc_t"),
};

/** The cell with the state of the line in the place of its own. */
function withState(own: Cell, walk: ArrayWalk): Cell | null {
  const [x, x_t] = [walk.shape(STATE.x), walk.shape(STATE.x_t)];
  const given = x ?? x_t;
  if (given !== null) {
    const hasW = GATES.every((g) => own.gates[g]?.W !== null);
    if ((x !== null && x_t !== null) || given.cols !== own.inputSize || !hasW) return null;
  }
  let fits = true;
  const ofUnits = (place: number): Matrix | null => {
    const found = matrixIn(walk, place);
    fits &&= found === null || found.cols === own.hiddenSize;
    return found;
  };
  const { x_t: xBefore } = given === null ? own.state : NOTHING.state;
  const state = {
    x_t: x_t === null ? xBefore : walk.numbers(STATE.x_t),
    h_prev: ofUnits(STATE.h_prev)?.data ?? own.state.h_prev,
    c_prev: ofUnits(STATE.c_prev)?.data ?? own.state.c_prev,
  };
  const upstream = {
    dh_t: ofUnits(STATE.dh_t) ?? own.upstream.dh_t,
    dc_t: ofUnits(STATE.dc_t) ?? own.upstream.dc_t,
  };
  if (!fits) return null;
  return { ...own, state, x: given === null ? own.x : matrixIn(walk, STATE.x), upstream };
}

/** What is kept of a matrix, it is kept by this object: its numbers are the next line's soon. */
function matrixIn(walk: ArrayWalk, place: number): Matrix | null {
  const shape = walk.shape(place);
  return shape && { rows: shape.rows, cols: shape.cols, data: walk.numbers(place) };
}
