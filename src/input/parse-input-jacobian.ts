/** Somebody else's ∂h_T/∂x_t and ∂c_T/∂x_t, as `sequence --wrt x` prints them. */
import type { ProblemList } from "../errors.ts";
import { type Matrix, zeros } from "../linalg/matrix.ts";
import type { ScaledMatrix } from "../linalg/scaled-matrix.ts";
import type { Cell } from "../lstm/cell.ts";
import { stepsOf } from "../lstm/unroll.ts";
import { describeValue } from "./excerpt.ts";
import { readMatrix } from "./numbers.ts";
import { isObject } from "./objects.ts";
import { namedSizes } from "./sizes.ts";

const HALVES = ["h_T", "c_T"] as const;

/** By t, the rows of ∂h_T/∂x_t above those of ∂c_T/∂x_t. */
export type InputClaims = ReadonlyMap<number, ScaledMatrix>;

/** Of the steps that have entries: one with nothing but norms has no derivatives in it. */
export function parseInputJacobian(json: unknown, file: string | null, cell: Cell, problems: ProblemList): InputClaims {
  const claims = new Map<number, ScaledMatrix>();
  const { input_jacobian: given } = (json ?? {}) as Record<string, unknown>;
  if (given === undefined || cell.x === null) return claims;
  if (!Array.isArray(given)) {
    const message = `${describeValue(given)}, expected an array with a JSON object a step`;
    problems.add({ code: "shape", file, place: "input_jacobian", message });
    return claims;
  }
  for (const [k, step] of given.entries()) {
    const place = `input_jacobian[${k}]`;
    if (isObject(step)) readStep(step, place);
    else problems.add({ code: "shape", file, place, message: `${describeValue(step)}, expected a JSON object` });
  }
  return claims;

  function readStep(step: Readonly<Record<string, unknown>>, place: string): void {
    if (HALVES.every((half) => step[half] === undefined)) return;
    const { t, exponent2 = 0 } = step;
    const add = (key: string, message: string) =>
      problems.add({ code: "shape", file, place: `${place}.${key}`, message });
    if (!isStep(t)) add("t", `${describeValue(t)}, expected 1 … ${stepsOf(cell)}, the steps of x`);
    else if (claims.has(t)) add("t", `${t} a second time, expected each step once`);
    if (!Number.isSafeInteger(exponent2)) add("exponent2", `${describeValue(exponent2)}, expected a whole number`);
    const before = problems.count;
    const halves = HALVES.map((half) => readHalf(step[half], `${place}.${half}`));
    if (problems.count > before || !isStep(t)) return;
    claims.set(t, { scaled: stacked(halves), exponent: exponent2 as number });
  }

  function isStep(t: unknown): t is number {
    return Number.isSafeInteger(t) && (t as number) >= 1 && (t as number) <= stepsOf(cell);
  }

  function readHalf(value: unknown, place: string): Matrix {
    const { hidden, input } = namedSizes(cell.hiddenSize, cell.inputSize);
    if (Array.isArray(value)) return readMatrix({ value, file, place }, hidden, input, problems);
    const found = value === undefined ? "missing" : describeValue(value);
    problems.add({
      code: value === undefined ? "missing" : "shape",
      file,
      place,
      message: `${found}, expected an array`,
    });
    return zeros(0, 0);
  }
}

function stacked([above, below]: readonly Matrix[]): Matrix {
  const whole = zeros(above.rows + below.rows, above.cols);
  whole.data.set(above.data);
  whole.data.set(below.data, above.data.length);
  return whole;
}
