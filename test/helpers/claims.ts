/** Our own derivatives of a cell with an error planted in them, and what the check makes of it. */
import { parseCell } from "../../src/input/parse-cell.ts";
import type { Matrix } from "../../src/linalg/matrix.ts";
import type { Cell } from "../../src/lstm/cell.ts";
import {
  ownDerivatives,
  type SequenceDerivatives,
  sequenceDerivatives,
  stepDerivatives,
} from "../../src/lstm/results/derivatives.ts";
import type { StateJacobian } from "../../src/lstm/state-jacobian.ts";
import { unroll } from "../../src/lstm/unroll.ts";
import { checkSequence, checkStep } from "../../src/verify/check.ts";
import type { CheckOptions } from "../../src/verify/claims.ts";
import { type CheckResult, checkResult } from "../../src/verify/result.ts";
import type { Quantity } from "../../src/verify/verdict.ts";
import type { NativeCell } from "../promise/reference.ts";

type Claim = Matrix | Float64Array;
type Claims = Map<string, Claim>;
export type SequenceClaims = { steps: StateJacobian[]; inputs: SequenceDerivatives["inputs"]; whole: Claims };

const OPTIONS: CheckOptions = { columns: null, tolerance: null, progress: () => undefined };

/** The verdict on our own derivatives as they are. */
export function checkOwn(native: unknown, options: Partial<CheckOptions> = {}): CheckResult {
  return checkResult(parseCell(native), ownDerivatives, null, options);
}

/** What fails of one step whose derivatives `plant` has spoilt; with `only`, nothing else is looked at. */
export function failuresOfStep(
  native: NativeCell,
  plant: (claims: Claims, cell: Cell) => void,
  only?: string,
): Quantity[] {
  const cell = parseCell(native);
  const claims = copyOf(stepDerivatives(cell));
  plant(claims, cell);
  for (const path of only === undefined ? [] : claims.keys()) if (path !== only) claims.delete(path);
  return checkStep(cell, claims, OPTIONS).quantities.filter(({ passed }) => !passed);
}

export function failuresOfSequence(native: unknown, plant: (claims: SequenceClaims) => void): Quantity[] {
  const cell = parseCell(native);
  const { steps, inputs, whole, exponent2 } = sequenceDerivatives(cell);
  const claims = {
    steps: steps.map(({ doubles }) => structuredClone(doubles) as StateJacobian),
    inputs: structuredClone(inputs),
    whole: copyOf(whole),
  };
  plant(claims);
  const spoilt = claims.steps.map((doubles) => ({ doubles, wide: null }));
  const claimed = { ...claims, unrolled: unroll(cell), judgeSteps: true, exponent2, steps: spoilt };
  return checkSequence(claimed, OPTIONS).quantities.filter(({ passed }) => !passed);
}

function copyOf(claims: ReadonlyMap<string, Claim>): Claims {
  return new Map([...claims].map(([path, claim]) => [path, structuredClone(claim)]));
}

export const entriesOf = (claim: Claim): Float64Array => (claim instanceof Float64Array ? claim : claim.data);

/** Row and column of an entry; null for a vector's column. */
export function placeOf(claim: Claim, index: number): { row: number; column: number | null } {
  if (claim instanceof Float64Array) return { row: index, column: null };
  return { row: Math.floor(index / claim.cols), column: index % claim.cols };
}

/** of and wrt as the report has them. */
export function namesOf(path: string): { of: string; wrt: string } {
  if (path === "blocks") return { of: path, wrt: "z" };
  const [kind, first, second] = path.split(".") as [string, string, string];
  if (kind === "gradient") return { of: "loss", wrt: first };
  if (kind === "eigenvalues") return { of: kind, wrt: "h_prev" };
  if (kind === "product") return { of: kind, wrt: first };
  if (kind === "hessian") return { of: `hessian.${first}`, wrt: second };
  return kind === "terms" ? { of: path, wrt: "h_prev" } : { of: first, wrt: second };
}
