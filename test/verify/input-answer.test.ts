import { describe, expect, test } from "vitest";
import { parseCell } from "../../src/input/parse-cell.ts";
import { parseDerivatives } from "../../src/input/parse-derivatives.ts";
import { ownDerivatives } from "../../src/lstm/results/derivatives.ts";
import { sequenceWrtX } from "../../src/lstm/results/sequence-inputs.ts";
import { checkResult } from "../../src/verify/result.ts";
import { fixture } from "../helpers/fixtures.ts";

const CELL = parseCell(fixture("sequence.json"));
const STEPS = CELL.x!.rows;
type Answer = { input_jacobian: { t: number; h_T: number[][]; c_T: number[][]; exponent2?: unknown }[] };

/** What `sequence --wrt x` prints for the inputs, and nothing else. */
function printed(): Answer {
  const { input_jacobian } = sequenceWrtX(CELL, { from: 0, to: STEPS }, "entries");
  const rows = ({ rows: n, cols, data }: { rows: number; cols: number; data: Float64Array }) =>
    Array.from({ length: n }, (_, r) => [...data.subarray(r * cols, (r + 1) * cols)]);
  return {
    input_jacobian: input_jacobian.map(({ h_T, c_T, ...step }) => ({ ...step, h_T: rows(h_T!), c_T: rows(c_T!) })),
  };
}

const judge = (answer: unknown) =>
  checkResult(CELL, ownDerivatives, parseDerivatives(answer, "answer.json", CELL), { tolerance: 1e-6 });

describe("an answer's input_jacobian", () => {
  test("is judged, each step in its own units", () => {
    const whole = judge(printed());
    expect(whole.passed).toBe(true);
    const entries = STEPS * CELL.hiddenSize * CELL.inputSize!;
    expect(whole.quantities.map((found) => [found.of, found.wrt, found.entries])).toEqual([
      ["h_T", "x_t", entries],
      ["c_T", "x_t", entries],
    ]);
    const scaled = printed();
    scaled.input_jacobian[0].exponent2 = 40;
    expect(judge(scaled).passed).toBe(false);
  });

  test.each(["h_T", "c_T"] as const)("a planted error in %s of a step is found there", (half) => {
    const answer = printed();
    const [step] = answer.input_jacobian;
    const largest = Math.max(...step[half][0].map(Math.abs));
    step[half][0][0] += 1.5e-6 * largest;
    const { passed, quantities } = judge(answer);
    expect(passed).toBe(false);
    expect(quantities.find(({ of }) => of === half)?.worst).toMatchObject({ t: 1, row: 0, column: 0 });
  });

  test("some steps alone are judged alone; what is no step of x is an error that names the place", () => {
    const { input_jacobian } = printed();
    const last = judge({ input_jacobian: [input_jacobian[STEPS - 1]] });
    expect(last.quantities[0].entries).toBe(CELL.hiddenSize * CELL.inputSize!);
    for (const t of [0, STEPS + 1, 1.5, "1"]) {
      expect(() => judge({ input_jacobian: [{ ...input_jacobian[0], t }] })).toThrow("input_jacobian[0].t: ");
    }
    expect(() => judge({ input_jacobian: [input_jacobian[0], input_jacobian[0]] })).toThrow("a second time");
    expect(() => judge({ input_jacobian: [{ t: 1, h_T: input_jacobian[0].h_T }] })).toThrow("c_T: missing");
    expect(() => judge({ input_jacobian: 3 })).toThrow("input_jacobian: 3, expected an array");
    expect(() => judge({ input_jacobian: [{ ...input_jacobian[0], exponent2: 0.5 }] })).toThrow("exponent2: 0.5");
  });
});
