/** An answer for each mistake that no labelled answer has, from plain loops with the one equation changed: it is named as that. */
import { describe, expect, test } from "vitest";
import { Grader } from "../../src/grade/grade.ts";
import { cellKey } from "../../src/grade/key.ts";
import { parseCell } from "../../src/input/parse-cell.ts";
import { GATES, type Gate } from "../promise/reference.ts";
import {
  answerWith,
  dot,
  type FullCell,
  type Numbers,
  norm,
  plus,
  randomCell,
  scaleRows,
  sigma,
  tanhPrime,
  workOut,
} from "./lesson.ts";

type Planted = readonly [path: string, wrong: Numbers];

/** z of a gate with so many times its bias, or that of another. */
const z = (cell: FullCell, g: Gate, b: readonly number[]) =>
  b.map((own, d) => dot(cell[`W_${g}`][d], cell.x_t) + dot(cell[`U_${g}`][d], cell.h_prev) + own);
const through = (cell: FullCell, d: readonly number[], g: Gate) => scaleRows(d, cell[`U_${g}`]);
const diagonal = (d: readonly number[]) => d.map((entry, r) => d.map((_, k) => (k === r ? entry : 0)));
/** σ(W x + b + what is taken for ‖U‖) of each unit */
const atOptimum = (cell: FullCell, size: (row: readonly number[]) => number) =>
  cell.b_f.map((b, d) => sigma(dot(cell.W_f[d], cell.x_t) + b + size(cell.U_f[d])));
/** ∂h_t/∂c_t */
const byCell = ({ gates, c_t }: ReturnType<typeof workOut>) => gates.o.map((o, k) => o * tanhPrime(c_t[k]));

const OF_A_STEP: Readonly<Record<string, (cell: FullCell, step: ReturnType<typeof workOut>) => Planted>> = {
  "bias-twice": (cell) => [
    "preactivations.i",
    z(
      cell,
      "i",
      cell.b_i.map((b) => 2 * b),
    ),
  ],
  "bias-of-other-gate": (cell) => ["preactivations.f", z(cell, "f", cell.b_o)],
  "h-from-previous-cell": (cell, { gates }) => ["h_t", gates.o.map((o, k) => o * Math.tanh(cell.c_prev[k]))],
  "hard-sigmoid": (_, step) => ["gates.f", step.z.f.map((x) => Math.min(1, Math.max(0, 0.2 * x + 0.5)))],
  "sigmoid-of-minus-z": (_, step) => ["gates.o", step.z.o.map((x) => sigma(-x))],
  "tanh-prime-for-sigma-prime": (cell, { gates }) => [
    "jacobian.f.h_prev",
    through(
      cell,
      gates.f.map((f) => 1 - f * f),
      "f",
    ),
  ],
  "missing-square": (cell, { gates }) => [
    "jacobian.u.h_prev",
    through(
      cell,
      gates.u.map((u) => 1 - u),
      "u",
    ),
  ],
  "one-plus-tanh-squared": (cell, { gates }) => [
    "jacobian.u.h_prev",
    through(
      cell,
      gates.u.map((u) => 1 + u * u),
      "u",
    ),
  ],
  "factor-u-for-i": (cell, step) => [
    "terms.u",
    through(
      cell,
      byCell(step).map((c, k) => c * step.gates.u[k] * step.prime.u[k]),
      "u",
    ),
  ],
  "factor-f-for-c-prev": (cell, step) => [
    "terms.f",
    through(
      cell,
      byCell(step).map((c, k) => c * step.gates.f[k] * step.prime.f[k]),
      "f",
    ),
  ],
  "tanh-prime-in-output-term": (cell, { prime, c_t }) => [
    "terms.o",
    through(
      cell,
      prime.o.map((p, k) => Math.tanh(c_t[k]) * tanhPrime(c_t[k]) * p),
      "o",
    ),
  ],
  "identity-for-c-prev": (cell, { byGate, gates }) => [
    "jacobian.c_t.h_prev",
    plus(through(cell, byGate.f, "f"), through(cell, byGate.i, "i"), through(cell, byGate.u, "u"), diagonal(gates.f)),
  ],
  "diagonal-only": (_, { prime }) => ["jacobian.f.h_prev", diagonal(prime.f)],
  "outer-with-h": (cell, { prime }) => ["jacobian.f.h_prev", prime.f.map((p) => cell.h_prev.map((h) => p * h))],
  // in a Jacobian the diagonal is right and the rest zero, which tells nothing
  "elementwise-U": (cell, { paths }) => [
    "gradient.h_prev",
    cell.h_prev.map((_, k) => GATES.reduce((sum, g) => sum + paths[g][k] * cell[`U_${g}`][k][k], 0)),
  ],
  "norm-squared": (cell) => ["optimum.2.max.f.activation", atOptimum(cell, (row) => norm(row) ** 2)],
  // with its sign it is the optimum by another norm
  "one-hot": (cell) => [
    "optimum.2.max.f.preactivation",
    cell.b_f.map((b, d) => {
      const [largest] = [...cell.U_f[d]].sort((one, other) => Math.abs(other) - Math.abs(one));
      return dot(cell.W_f[d], cell.x_t) + b + largest;
    }),
  ],
};

/** As many inputs as units, so that W may stand where U belongs. */
const asSquare = (cell: FullCell): FullCell => {
  const wide = Object.fromEntries(
    GATES.map((g) => [`W_${g}`, cell[`U_${g}`].map((row) => row.map((x) => Math.cos(3 * x)))]),
  );
  return { ...cell, ...wide, x_t: cell.h_prev.map((h) => h / 2) };
};

function named(native: object, [path, wrong]: Planted) {
  return new Grader(cellKey(parseCell(native))).grade(answerWith(path, wrong)).tests[0];
}

const SEEDS = Array.from({ length: 6 }, (_, k) => 300 + k);
/** On a cell where hardly anything differs, nothing is said. */
const MOST_SILENT = 2;

function expectNamed(id: string, found: readonly (string | null)[]) {
  expect([...new Set(found.filter((one) => one !== null))]).toEqual([id]);
  expect(found.filter((one) => one === null).length).toBeLessThanOrEqual(MOST_SILENT);
}

describe("a planted answer is named", () => {
  test.each(Object.keys(OF_A_STEP))("%s", (id) => {
    expectNamed(
      id,
      SEEDS.map((seed) => {
        const cell = randomCell(seed);
        return named(cell, OF_A_STEP[id](cell, workOut(cell))).diagnosis;
      }),
    );
  });

  test("W-for-U", () => {
    expectNamed(
      "W-for-U",
      SEEDS.map((seed) => {
        const cell = asSquare(randomCell(seed));
        return named(cell, ["jacobian.f.h_prev", scaleRows(workOut(cell).prime.f, cell.W_f)]).diagnosis;
      }),
    );
  });
});

/** The steps of a sequence, each by its equations from the states that `before` gives it, and ∂L/∂U_f of Σ dh_t·h_t at its last. */
function sequence(
  cell: FullCell,
  x: readonly (readonly number[])[],
  before: (last: State, first: State) => State,
  everywhere = false,
) {
  const dh_t = upstreamOf(cell);
  const first = { h: cell.h_prev, c: cell.c_prev };
  const steps: (ReturnType<typeof workOut> & { before: State })[] = [];
  for (const x_t of x) {
    const last = steps.at(-1);
    const own = last ? before({ h: last.h_t, c: last.c_t }, first) : first;
    steps.push({ ...workOut({ ...cell, x_t: [...x_t], h_prev: [...own.h], c_prev: [...own.c] }), before: own });
  }
  const H = cell.h_prev.length;
  const dU = cell.U_f.map((row) => row.map(() => 0));
  let [dh, dc] = [dh_t, new Array<number>(H).fill(0)];
  for (const step of [...steps].reverse()) {
    const back = byCell(step).map((slope, k) => dc[k] + dh[k] * slope);
    const dz = {
      o: dh.map((d, k) => d * Math.tanh(step.c_t[k]) * step.prime.o[k]),
      ...{ f: back.map((d, k) => d * step.byGate.f[k]), i: back.map((d, k) => d * step.byGate.i[k]) },
      u: back.map((d, k) => d * step.byGate.u[k]),
    };
    for (let r = 0; r < H; r++) for (let k = 0; k < H; k++) dU[r][k] += dz.f[r] * step.before.h[k];
    const own = everywhere ? dh_t : new Array<number>(H).fill(0);
    dh = dh.map(
      (_, k) =>
        own[k] + GATES.reduce((sum, g) => sum + dz[g].reduce((part, d, r) => part + d * cell[`U_${g}`][r][k], 0), 0),
    );
    dc = back.map((d, k) => d * step.gates.f[k]);
  }
  return dU;
}

/** No ones, which anybody might start from. */
const upstreamOf = ({ c_prev }: FullCell) => c_prev.map((entry) => Math.cos(4 * entry) + 0.3);

interface State {
  readonly h: readonly number[];
  readonly c: readonly number[];
}

describe("a planted answer to a sequence is named", () => {
  const inOrder = (last: State) => last;
  const of = (seed: number) => {
    const { x_t, ...cell } = randomCell(seed);
    const x = [x_t, x_t.map((entry) => Math.sin(5 * entry)), x_t.map((entry) => entry / 3 - 0.4)];
    return { cell: { ...cell, x_t }, native: { ...cell, x, dh_t: upstreamOf({ ...cell, x_t }) }, x };
  };
  const diagnoses = (wrong: (cell: FullCell, x: readonly (readonly number[])[]) => Numbers) =>
    SEEDS.map((seed) => {
      const { cell, native, x } = of(seed);
      return named(native, ["gradient.U_f", wrong(cell, x)]).diagnosis;
    });

  test("and the right one is right", () => {
    const { cell, native, x } = of(SEEDS[0]);
    expect(named(native, ["gradient.U_f", sequence(cell, x, inOrder)])).toMatchObject({ status: "passed" });
  });

  test("hidden-state-not-carried", () => {
    expectNamed(
      "hidden-state-not-carried",
      diagnoses((cell, x) => sequence(cell, x, ({ c }, { h }) => ({ h, c }))),
    );
  });

  test("steps-reversed", () => {
    expectNamed(
      "steps-reversed",
      diagnoses((cell, x) => sequence(cell, [...x].reverse(), inOrder)),
    );
  });

  test("upstream-at-every-step", () => {
    expectNamed(
      "upstream-at-every-step",
      diagnoses((cell, x) => sequence(cell, x, inOrder, true)),
    );
  });
});
