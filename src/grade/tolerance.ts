import { exponentOf } from "../linalg/scale.ts";
import { type Entries, scalar } from "./entries.ts";

/**
 * When entry e of the key and a of the answer agree:
 *
 *     row      |a − e| ≤ rtol·|e| + atol·s, s the largest |e| of the row; where that is 0 of the quantity; where that is 0, 1
 *     relabs   the same with s = 1
 *     decdig   |a − e| < 0.51·10^-digits
 *     sigfig   |a − e| < 0.51·10^-n with n = digits − 1 − ⌊log₁₀|e|⌋, for e = 0 digits − 1
 *     ulp      |a − e| ≤ ulps·u, u from |e| to the next double; the key being rounded once, an ulp is one on every machine
 *     digits   as row, and to `minDigits` digits of s; what an answer shows may make more room, see {@link asShown}
 *
 * relabs, decdig and sigfig as PrairieLearn has them (grading_utils.py), and the very number always agrees. NaN and infinities agree
 * with nothing.
 */
export type Tolerance =
  | { readonly compare: "row" | "relabs"; readonly rtol: number; readonly atol: number }
  | { readonly compare: "sigfig" | "decdig"; readonly digits: number }
  | { readonly compare: "ulp"; readonly ulps: number }
  | { readonly compare: "digits"; readonly minDigits: number };

export const DEFAULT_TOLERANCE = { compare: "row", rtol: 1e-4, atol: 1e-8 } as const satisfies Tolerance;

/** Entries with how far an answer may be from each. */
export interface Judged {
  readonly entries: Entries;
  readonly tolerance: Tolerance;
  readonly allowances: Float64Array;
  /** Whether exactly so far off is too far. */
  readonly strict: boolean;
}

/** @param scales entries of the same shape from which s is taken: the key's, where the entries rest on a student's numbers */
export function judged(entries: Entries, tolerance: Tolerance, scales: Entries = entries): Judged {
  const { data, rows, cols } = entries;
  const allowances = new Float64Array(data.length);
  const whole = largest(scales.data, 0, data.length);
  for (let r = 0; r < rows; r++) {
    const start = r * cols;
    const scale = largest(scales.data, start, start + cols) || whole || 1;
    for (let k = start; k < start + cols; k++) allowances[k] = allowance(data[k], scale, tolerance);
  }
  const strict = tolerance.compare === "decdig" || tolerance.compare === "sigfig";
  return { entries, tolerance, allowances, strict };
}

/** How far a number may be off that was rounded to a multiple of the unit: half of it, and a little for the rounding itself. */
export function halfOf(unit: number): number {
  return 0.51 * unit;
}

/** What the last of so many significant digits of a number is worth. */
export function lastDigitOf(number: number, digits: number): number {
  return 10 ** (Math.floor(Math.log10(Math.abs(number))) + 1 - digits);
}

/** Whether a is entry k. False where a or the entry is no finite number. */
export function agrees({ entries, allowances, strict }: Judged, k: number, a: number): boolean {
  const distance = Math.abs(a - entries.data[k]);
  // the allowance of an entry near 5e-324 is zero, which no distance falls below
  if (strict && distance === 0) return true;
  return (strict ? distance < allowances[k] : distance <= allowances[k]) && Number.isFinite(distance);
}

/** The same for a number by itself. */
export function isNear(a: number, e: number, tolerance: Tolerance): boolean {
  return agrees(judged(scalar(e), tolerance), 0, a);
}

function allowance(e: number, scale: number, tolerance: Tolerance): number {
  switch (tolerance.compare) {
    case "row":
      return tolerance.rtol * Math.abs(e) + tolerance.atol * scale;
    case "relabs":
      return tolerance.rtol * Math.abs(e) + tolerance.atol;
    case "ulp":
      return tolerance.ulps * 2 ** (Math.max(exponentOf(e), -1022) - 52);
    case "decdig":
      return halfOf(10 ** -tolerance.digits);
    case "sigfig":
      return halfOf(lastDigitOf(e === 0 ? 1 : e, tolerance.digits));
    case "digits":
      return Math.min(allowance(e, scale, DEFAULT_TOLERANCE), halfOf(lastDigitOf(scale, tolerance.minDigits)));
  }
}

/** max |v_k|, NaN (no h* in that row) passed over. */
function largest(values: Float64Array, from: number, to: number): number {
  let max = 0;
  for (let k = from; k < to; k++) {
    const size = Math.abs(values[k]);
    if (size > max) max = size;
  }
  return max;
}
