import { describe, expect, test } from "vitest";
import { Grader } from "../../src/grade/grade.ts";
import { cellKey } from "../../src/grade/key.ts";
import { type FormulaId, MISCONCEPTIONS } from "../../src/grade/misconceptions.ts";
import type { Misconception } from "../../src/grade/mistake.ts";
import { hintOf } from "../../src/grade/report.ts";
import { parseCell } from "../../src/input/parse-cell.ts";
import { answerWith, randomCell, scaleRows, workOut } from "./lesson.ts";
import { PLANTED } from "./wrong-answers.ts";

const IDS = Object.keys(MISCONCEPTIONS) as FormulaId[];
const PLANTED_IDS = Object.keys(PLANTED) as FormulaId[];
const SEEDS = Array.from({ length: 12 }, (_, k) => 100 + k);

const MOST_ACCIDENTS = 4;

/**
 * Where planted answers are not diagnosed as what they are. On a few cells a formula is right in all but one
 * entry (a saturated gate, c_t near 0): then nothing is to be said.
 */
function misdiagnosed(id: string): string[] {
  const accidents = new Map<string, number>();
  const found = SEEDS.flatMap((seed) => {
    const cell = randomCell(seed);
    const grader = new Grader(cellKey(parseCell(cell)));
    return PLANTED[id](cell).flatMap(([path, wrong]) => {
      const { tests } = grader.grade(answerWith(path, wrong));
      const [{ name, diagnosis, status, right, entries }] = tests;
      const isAccident = entries - right < 2;
      if (isAccident) accidents.set(path, (accidents.get(path) ?? 0) + 1);
      const isFound = tests.length === 1 && name === path && diagnosis === (isAccident ? null : id);
      return isFound && (isAccident || status === "failed") ? [] : [`seed ${seed}: ${path}: ${status}, ${diagnosis}`];
    });
  });
  const rare = [...accidents].filter(([, count]) => count > MOST_ACCIDENTS);
  return [...found, ...rare.map(([path, count]) => `${path}: nothing to be said on ${count} cells`)];
}

/** Runs with another row in the table. */
function withRow<T>(id: FormulaId, row: Misconception, run: () => T): T {
  const table = MISCONCEPTIONS as Record<FormulaId, Misconception>;
  const right = table[id];
  table[id] = row;
  try {
    return run();
  } finally {
    table[id] = right;
  }
}

/** The names that the contract promises to scripts. */
const PROMISED = [
  ...["transposed", "missing-sigma-prime", "columns-scaled", "sigma-prime-of-activation", "missing-tanh-prime"],
  ...["missing-term-o", "missing-term-f", "missing-term-i", "missing-term-u", "wrong-sign", "not-normalised"],
  ...["column-of-U", "norm-not-activation", "gates-swapped", "missing-bias", "sigmoid-for-tanh", "tanh-for-sigmoid"],
];

describe("every misconception", () => {
  test("has its promised name", () => {
    expect(IDS).toEqual(expect.arrayContaining(PROMISED));
    for (const id of ["too-few-digits", "wrong-shape", "not-a-number"] as const) expect(hintOf(id)).toMatch(/[.?]$/);
  });

  test("of the first ones has answers planted; the others have labelled answers", () => {
    expect(Object.keys(PLANTED).sort()).toEqual([...PROMISED].sort());
  });

  test.each(PLANTED_IDS)("%s is recognised on every random cell, and as nothing else", (id) => {
    expect(misdiagnosed(id)).toEqual([]);
  });

  test.each(PLANTED_IDS)("a wrong row for %s would be seen", (id) => {
    const other = MISCONCEPTIONS[id === "wrong-sign" ? "transposed" : "wrong-sign"];
    expect(withRow(id, other, () => misdiagnosed(id)).length).toBeGreaterThan(SEEDS.length);
  });

  test.each(IDS)("the hint for %s holds no number and does not name the formula", (id) => {
    expect(hintOf(id)).toMatch(/^[A-Z].{20,}[.?]$/);
    expect(hintOf(id).replace("h_{t-1}", "h")).not.toMatch(/[0-9]|σ'|transpose|normali[sz]e/);
  });
});

describe("accidents of the cell give no diagnosis", () => {
  const diagnosisOf = (native: object, path: string, wrong: number[] | number[][]) => {
    return new Grader(cellKey(parseCell(native))).grade(answerWith(path, wrong)).tests[0];
  };

  test("with a symmetric U, the transpose of ∂f is U with its columns scaled: either, so neither", () => {
    const cell = randomCell(7);
    const U_f = cell.U_f.map((row, r) => row.map((x, k) => (k < r ? cell.U_f[k][r] : x)));
    const symmetric = { ...cell, U_f };
    const [[path, wrong]] = PLANTED.transposed(symmetric);
    expect(diagnosisOf(symmetric, path, wrong)).toMatchObject({ status: "failed", diagnosis: null });
  });

  test("with c_{t-1} = 0, a sum without the path of f is right", () => {
    const cell = { ...randomCell(8), c_prev: randomCell(8).c_prev.map(() => 0) };
    const [[path, wrong]] = PLANTED["missing-term-f"](cell);
    expect(diagnosisOf(cell, path, wrong)).toMatchObject({ status: "passed", diagnosis: null });
  });

  test("with c_{t-1} = 0, zeros are not another gate's gradient, though that of f is zero", () => {
    const cell = { ...randomCell(8), c_prev: randomCell(8).c_prev.map(() => 0) };
    const zeros = cell.U_i.map((row) => row.map(() => 0));
    expect(diagnosisOf(cell, "gradient.U_i", zeros)).toMatchObject({ status: "failed", diagnosis: null });
    const { paths } = workOut(cell);
    const own = scaleRows(
      paths.o,
      cell.U_o.map(() => cell.h_prev),
    );
    expect(diagnosisOf(cell, "gradient.U_i", own)).toMatchObject({ diagnosis: "gates-swapped" });
  });

  test("a bias in one unit only is too little to tell that it was left out", () => {
    const cell = randomCell(9);
    const b_f = cell.b_f.map((b, k) => (k < 1 ? b : 0));
    const [[path, wrong]] = PLANTED["missing-bias"]({ ...cell, b_f });
    expect(diagnosisOf({ ...cell, b_f }, path, wrong)).toMatchObject({ status: "failed", diagnosis: null });
  });

  test("in two units, a transpose is told by the entries that it can change", () => {
    const U_f = [
      [1, 2],
      [-1, 0.5],
    ];
    const h_prev = [0.3, -2];
    const d = U_f.map((row) => row[0] * h_prev[0] + row[1] * h_prev[1]).map(
      (z) => Math.exp(-z) / (1 + Math.exp(-z)) ** 2,
    );
    const turned = [
      [d[0] * 1, d[1] * -1],
      [d[0] * 2, d[1] * 0.5],
    ];
    expect(diagnosisOf({ U_f, h_prev }, "jacobian.f.h_prev", turned)).toMatchObject({ diagnosis: "transposed" });
  });
});
