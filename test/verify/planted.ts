/** An error of one and a half times what is allowed, in one entry of every quantity at once, and whether the check finds each. */
import { DlstmError } from "../../src/errors.ts";
import { parseCell } from "../../src/input/parse-cell.ts";
import type { Matrix } from "../../src/linalg/matrix.ts";
import { ownDerivatives } from "../../src/lstm/results/derivatives.ts";
import { difference, exact, product, sum, toDouble } from "../../src/verify/arithmetic.ts";
import { compare, magnitude, negate } from "../../src/verify/ball.ts";
import { Verdicts } from "../../src/verify/claims.ts";
import type { Place, Places } from "../../src/verify/place.ts";
import type { Expected } from "../../src/verify/promise.ts";
import { checkResult } from "../../src/verify/result.ts";

type Claim = Matrix | Float64Array;

export interface Outcome {
  /** null for a cell whose forward pass leaves the double range. */
  readonly entries: number | null;
  readonly planted: number;
  /** What is wrong with the check: own entries that fail, planted ones that do not. */
  readonly faults: readonly string[];
}

/** Checks our own derivatives of a cell as they are, and then with the planted errors. */
export function outcomeOf(native: unknown): Outcome {
  const cell = parseCell(JSON.parse(JSON.stringify(native)));
  try {
    const own = checkResult(cell, ownDerivatives);
    const failed = own.quantities.filter(({ passed }) => !passed);
    const faults = failed.map(({ of, wrt, max_share }) => `own ∂${of}/∂${wrt} fails with ${max_share}`);
    const plants = new Map<string, string>();
    const spoilt = checkWith(plants, () => checkResult(cell, ownDerivatives));
    for (const [name, place] of plants) {
      const found = spoilt.quantities.find(({ of, wrt }) => `${of} ${wrt}` === name);
      if (found!.passed || placeName(found!.worst) !== place) faults.push(`planted ${name} at ${place} is not found`);
    }
    const entries = own.quantities.reduce((total, quantity) => total + quantity.entries, 0);
    return { entries, planted: plants.size, faults };
  } catch (error) {
    if (!(error instanceof DlstmError)) throw error;
    return { entries: null, planted: 0, faults: [] };
  }
}

/**
 * Runs a check in which one entry of each quantity that can be moved is moved: the first that is judged at once, or the last of the
 * first that are estimated.
 */
function checkWith<T>(plants: Map<string, string>, check: () => T): T {
  const { add, addEstimated } = Verdicts.prototype;
  const plant = (path: string, place: Place, expected: Expected): number | null => {
    const [name, spoilt] = [nameOf(path), spoiltEntry(expected)];
    if (spoilt !== null) plants.set(name, placeName(place));
    return spoilt;
  };
  Verdicts.prototype.add = function (path: string, claim: Claim, place: Place, expected: Expected): void {
    const spoilt = plants.has(nameOf(path)) ? null : plant(path, place, expected);
    add.call(this, path, spoilt === null ? claim : copyWith(claim, place, spoilt), place, expected);
  };
  Verdicts.prototype.addEstimated = function (path, claim, places, near, exactly): void {
    let own = claim;
    for (let k = places.rows.length - 1; k >= 0 && !plants.has(nameOf(path)); k--) {
      const place = placeAt(places, k);
      const spoilt = plant(path, place, exactly(place));
      if (spoilt !== null) own = copyWith(claim, place, spoilt);
    }
    addEstimated.call(this, path, own, places, near, exactly);
  };
  try {
    return check();
  } finally {
    Object.assign(Verdicts.prototype, { add, addEstimated });
  }
}

function placeAt({ t, rows, column }: Places, k: number): Place {
  const own = column === null || typeof column === "number" ? column : column[k]!;
  return { ...(t === undefined ? {} : { t }), row: rows[k]!, column: own };
}

/** A double that is off by 1.5 of the allowance, or by what rounding it leaves above 1.25; null where there is none. */
function spoiltEntry({ value, allowed }: Expected): number | null {
  const error = product(exact(1.5), allowed);
  for (const signed of [error, negate(error)]) {
    const double = toDouble(sum(value, signed));
    const off = magnitude(difference(exact(double), value));
    if (
      off.m !== 0n &&
      compare(off, product(exact(1.25), allowed)) >= 0 &&
      compare(off, product(exact(2), allowed)) <= 0
    )
      return double;
  }
  return null;
}

function copyWith(claim: Claim, { t = 1, row, column }: Place, entry: number): Claim {
  if (claim instanceof Float64Array) return claim.map((own, k) => (k === row ? entry : own));
  const at = column === null ? (t - 1) * claim.cols + row : row * claim.cols + column;
  return { ...claim, data: claim.data.map((own, k) => (k === at ? entry : own)) };
}

function nameOf(path: string): string {
  const [kind, first, second] = path.split(".");
  if (kind === "gradient") return `loss ${first}`;
  if (kind === "input_jacobian") return `${first} x_t`;
  if (kind === "hessian") return `hessian.${first} ${second}`;
  if (kind === "blocks") return "blocks z";
  if (kind === "eigenvalues") return "eigenvalues h_prev";
  if (kind === "product") return `product ${first}`;
  if (kind === "steps") return `loss ${first!.slice(1)}`;
  return kind === "terms" ? `${path} h_prev` : `${first} ${second}`;
}

const placeName = ({ t, row, column }: Place) => `${t ?? ""}[${row}][${column}]`;
