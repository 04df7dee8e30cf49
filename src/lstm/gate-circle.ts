/** One unit of a gate along the unit circle: where it opens widest, and how it gets there. */
import { affine } from "../linalg/affine.ts";
import { rowOf } from "../linalg/matrix.ts";
import { euclideanNorm } from "../linalg/norm.ts";
import { componentOf, fromDoubles, toDoubles } from "../linalg/real-vector.ts";
import type { Cell } from "./cell.ts";
import { activation } from "./equations.ts";
import { preactivation } from "./forward.ts";
import type { Gate } from "./names.ts";
import { optimum } from "./optimum.ts";
import { requireGates } from "./requirements.ts";

export interface GateCircle {
  readonly gate: Gate;
  readonly unit: number;
  /** W^(d)x_t + b^(d) */
  readonly offset: number;
  /** ‖U^(d)‖₂ */
  readonly slope: number;
  /** h* = U^(d)/‖U^(d)‖₂ [H]; null for a row of zeros */
  readonly best: Float64Array | null;
  /** The gate at h*. */
  readonly largest: number;
  /** The gate at h = cos φ·h* + sin φ·v for any unit vector v across h*, as U^(d)h = ‖U^(d)‖ cos φ; φ in {@link DEGREES}. */
  readonly along: Float64Array;
  /** h_{t-1} of the cell, the angle between it and h* in degrees, and the gate at h_{t-1}/‖h_{t-1}‖; null where it is zero or not given. */
  readonly now: { readonly h_prev: Float64Array; readonly degrees: number; readonly gate: number } | null;
}

/** Degrees from h*, from one end of the circle to the same end again. */
export const DEGREES: readonly number[] = Array.from({ length: 121 }, (_, k) => 3 * k - 180);

/**
 * @throws {DlstmError} missing, where the cell lacks the gate; usage, for a unit that it does not have; overflow, where a value leaves the double range.
 */
export function gateCircle(cell: Cell, gate: Gate, unit: number): GateCircle {
  const [{ h_prev: best, activation: largest }] = optimum(cell, gate, { units: [unit] });
  const told = requireGates(cell, gate);
  const offset = toDoubles(componentOf(affine(cell.hiddenSize, preactivation(told, gate, null)), unit))[0];
  const [slope] = toDoubles(euclideanNorm(rowOf(told.gates[gate].U, unit)));
  const at = (degrees: readonly number[]) =>
    gateAt(
      gate,
      Float64Array.from(degrees, (angle) => offset + slope * cosine(angle)),
    );
  const h_prev = cell.state.h_prev;
  const degrees = h_prev && angleBetween(h_prev, best);
  const now = h_prev === null || degrees === null ? null : { h_prev, degrees, gate: at([degrees])[0] };
  return { gate, unit, offset, slope, best, largest, along: at(DEGREES), now };
}

/** How far along h* the line lies on which the gate has a value: (σ⁻¹(value) − W^(d)x − b^(d))/‖U^(d)‖, for u with tanh⁻¹. */
export function distanceOf({ gate, offset, slope }: GateCircle, value: number): number {
  const z = gate === "u" ? Math.atanh(value) : Math.log(value / (1 - value));
  return (z - offset) / slope;
}

/** σ, for u tanh */
export function gateAt(gate: Gate, z: Float64Array): Float64Array {
  return toDoubles(activation(gate, fromDoubles(z)).value);
}

/** Exactly 0 at a right angle, where a norm at the end of the doubles would else count. */
function cosine(degrees: number): number {
  return Math.abs(degrees) === 90 ? 0 : Math.cos((degrees * Math.PI) / 180);
}

/** In degrees; null of a zero vector, and with none at all. */
function angleBetween(h: Float64Array, best: Float64Array | null): number | null {
  const length = Math.hypot(...h);
  if (best === null || length === 0) return null;
  const along = h.reduce((sum, entry, k) => sum + (entry / length) * best[k], 0);
  return (Math.acos(Math.max(-1, Math.min(1, along))) * 180) / Math.PI;
}
