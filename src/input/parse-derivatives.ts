import { ProblemList } from "../errors.ts";
import type { Matrix } from "../linalg/matrix.ts";
import type { Cell } from "../lstm/cell.ts";
import {
  BLOCKS_DERIVATIVE,
  EIGENVALUES_DERIVATIVE,
  HESSIAN_DERIVATIVES,
  MOST_JUDGED,
  PARAMETER_DERIVATIVES,
  PRODUCT_DERIVATIVES,
  SEQUENCE_DERIVATIVES,
  STEP_DERIVATIVES,
} from "../lstm/derivatives.ts";
import { FAMILIES } from "../lstm/quantities.ts";
import type { Derivatives } from "../lstm/results/derivatives.ts";
import { BESIDE_QUANTITIES } from "../lstm/results/keys.ts";
import { stepsOf } from "../lstm/unroll.ts";
import { nearestIs } from "../words/nearest.ts";
import { describeValue, excerpt } from "./excerpt.ts";
import { readMatrix, readVector, type Size } from "./numbers.ts";
import { isObject } from "./objects.ts";
import { parseBlocks } from "./parse-blocks.ts";
import { type Direction, parseDirection } from "./parse-direction.ts";
import { type InputClaims, parseInputJacobian } from "./parse-input-jacobian.ts";
import { namedSizes } from "./sizes.ts";

/** Derivatives that somebody else computed, under the keys of the results that `jacobian`, `backward`, `sequence` print. */
export interface AnswerDerivatives {
  readonly file: string | null;
  readonly derivatives: Derivatives;
  /** The entries of a sequence's `jacobian` are × 2^exponent2. */
  readonly exponent2: number;
  /** The unit whose outputs alone L is made of; null: all. */
  readonly unit: number | null;
  /** `vector` by the inputs, which the Hessian is multiplied with in `product`. */
  readonly direction: Direction | null;
  /** Of a sequence, `input_jacobian` by t. */
  readonly inputs: InputClaims;
}

/** Keys of results that hold no derivatives. */
const PASSED_OVER = new Set([...BESIDE_QUANTITIES, ...FAMILIES]);
for (const { family } of STEP_DERIVATIVES) PASSED_OVER.delete(family);
for (const key of ["hessian", "product"]) PASSED_OVER.delete(key);

/**
 * The derivatives in a JSON object, checked against the sizes of the cell.
 * @throws {DlstmError} with all that is wrong with it.
 */
export function parseDerivatives(json: unknown, file: string | null, cell: Cell): AnswerDerivatives {
  const problems = new ProblemList();
  const derivatives = new Map<string, Matrix | Float64Array>();
  const shapes = shapesOf(cell);
  const visit = (value: unknown, path: string, known: readonly string[]) => {
    if (!isObject(value)) {
      const message = `${describeValue(value)}, expected a JSON object`;
      return problems.add({ code: "shape", file, place: path || null, message });
    }
    for (const [key, inner] of Object.entries(value)) {
      const at = path ? `${path}.${key}` : key;
      const shape = shapes.get(at);
      if (path === "" && PASSED_OVER.has(key) && !shape) continue;
      if (shape) read(inner, at, shape);
      else if (known.includes(key)) visit(inner, at, childrenOf(shapes, at));
      else {
        const message = `unknown key, expected a derivative of this cell${nearestIs(key, known)}`;
        problems.add(() => ({ code: "unknown-key", file, place: excerpt(at), message }));
      }
    }
  };
  const read = (value: unknown, place: string, { rows, cols }: Shape) => {
    const source = { value, file, place };
    if (!Array.isArray(value)) {
      problems.add({ code: "shape", file, place, message: `${describeValue(value)}, expected an array` });
    } else if (cols === null) derivatives.set(place, readVector(source, rows, problems));
    else derivatives.set(place, readMatrix(source, rows, cols, problems));
  };
  visit(json, "", childrenOf(shapes, ""));
  const exponent2 = readScale(json, cell, file, problems);
  const unit = readUnit(json, cell, file, problems);
  const blocks = parseBlocks(json, file, cell, unit, problems);
  if (blocks) derivatives.set(BLOCKS_DERIVATIVE.path, blocks);
  const direction = parseDirection(json, file, cell, problems);
  const hasProduct = [...derivatives.keys()].some((path) => path.startsWith("product."));
  if (hasProduct && direction === null && problems.count === 0) {
    const message = "missing, but needed for product: what it is the product with, by h_prev, c_prev and x_t";
    problems.add({ code: "missing", file, place: "vector", message });
  }
  const inputs = parseInputJacobian(json, file, cell, problems);
  if (problems.count === 0 && derivatives.size + inputs.size === 0) {
    const beside = cell.x === null ? "terms, gradient or hessian" : "gradient or input_jacobian";
    const message = `no derivative in it, expected jacobian, ${beside}`;
    problems.add({ code: "missing", file, place: null, message });
  }
  problems.throwIfAny();
  return { file, derivatives, exponent2, unit, direction, inputs };
}

/** cols null: a vector. */
interface Shape {
  readonly rows: Size;
  readonly cols: Size | null;
}

/** Every derivative that a cell of these sizes may have, by path. */
function shapesOf(cell: Cell): Map<string, Shape> {
  const { hidden, input } = namedSizes(cell.hiddenSize, cell.inputSize);
  const sizes = { H: hidden, I: input, T: { length: stepsOf(cell), name: "the steps of x" } };
  const derivatives =
    cell.x === null
      ? [...STEP_DERIVATIVES, ...PARAMETER_DERIVATIVES, ...HESSIAN_DERIVATIVES, ...PRODUCT_DERIVATIVES]
      : SEQUENCE_DERIVATIVES;
  const shapes = new Map<string, Shape>();
  for (const { path, shape } of derivatives) {
    const [rows, cols = null] = shape.map((side) => sizes[side]);
    if (rows && (shape.length === 1 || cols)) shapes.set(path, { rows, cols });
  }
  const isJudged = cell.x === null && cell.hiddenSize <= MOST_JUDGED;
  if (hidden && isJudged) shapes.set(EIGENVALUES_DERIVATIVE.path, { rows: hidden, cols: null });
  return shapes;
}

/** The keys that may follow a path. */
function childrenOf(shapes: ReadonlyMap<string, Shape>, path: string): string[] {
  const start = path === "" ? "" : `${path}.`;
  const paths = [...shapes.keys()].filter((known) => known.startsWith(start));
  return [...new Set(paths.map((known) => known.slice(start.length).split(".")[0]))];
}

/** Whose outputs alone L is made of, as `hessian --unit` says it. */
function readUnit(json: unknown, cell: Cell, file: string | null, problems: ProblemList): number | null {
  const { unit } = (json ?? {}) as Record<string, unknown>;
  if (unit === undefined || cell.x !== null) return null;
  if (Number.isInteger(unit) && 0 <= (unit as number) && (unit as number) < cell.hiddenSize) return unit as number;
  const message = `${describeValue(unit)}, expected 0 … ${cell.hiddenSize - 1}, the units of this cell`;
  problems.add({ code: "shape", file, place: "unit", message });
  return null;
}

/** exponent2, which only a whole number can be; and no part of a sequence for the whole. */
function readScale(json: unknown, cell: Cell, file: string | null, problems: ProblemList): number {
  const { exponent2 = 0, from_step = 0, to_step = stepsOf(cell) } = (json ?? {}) as Record<string, unknown>;
  if (from_step !== 0 || to_step !== stepsOf(cell)) {
    const message = `steps ${describeValue(from_step)} to ${describeValue(to_step)}, expected the whole sequence, 0 to ${stepsOf(cell)}`;
    problems.add({ code: "unsupported", file, place: "from_step", message });
  }
  if (Number.isSafeInteger(exponent2)) return exponent2 as number;
  const message = `${describeValue(exponent2)}, expected a whole number`;
  problems.add({ code: "shape", file, place: "exponent2", message });
  return 0;
}
