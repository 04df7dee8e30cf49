import { describe, expect, test } from "vitest";
import { DlstmError } from "../../src/errors.ts";
import { parseCell } from "../../src/input/parse-cell.ts";
import { parseDerivatives } from "../../src/input/parse-derivatives.ts";
import { fixture } from "../helpers/fixtures.ts";

const STEP = parseCell(fixture("bias-and-input.json"));
const SEQUENCE = parseCell(fixture("sequence.json"));
const ZEROS = [
  [0, 0, 0],
  [0, 0, 0],
  [0, 0, 0],
];

/** Code and place of each problem. */
function problemsOf(json: unknown, cell = STEP): string[] {
  try {
    parseDerivatives(json, "answer.json", cell);
  } catch (error) {
    if (!(error instanceof DlstmError)) throw error;
    expect(error.problems.every(({ file }) => file === "answer.json")).toBe(true);
    return error.problems.map(({ code, place }) => `${code} ${place}`);
  }
  return [];
}

describe("parseDerivatives", () => {
  test("reads matrices and vectors by path, and passes over what is no derivative", () => {
    const answer = {
      ...{ version: 1, hidden_size: 3, gates: "whatever", optimum: null, loss: 3 },
      jacobian: { f: { h_prev: ZEROS } },
      terms: { o: ZEROS },
      gradient: { x_t: [1, 2], W_f: [[1, 2], [3, 4], [5, 6]] }, // biome-ignore format: a matrix
    };
    const { derivatives, exponent2 } = parseDerivatives(answer, null, STEP);
    expect([...derivatives.keys()]).toEqual(["jacobian.f.h_prev", "terms.o", "gradient.x_t", "gradient.W_f"]);
    expect(derivatives.get("gradient.x_t")).toEqual(Float64Array.of(1, 2));
    expect(derivatives.get("gradient.W_f")).toEqual({ rows: 3, cols: 2, data: Float64Array.of(1, 2, 3, 4, 5, 6) });
    expect(exponent2).toBe(0);
  });

  test("reads the scale of a sequence's product", () => {
    const jacobian = { h_T: { h_0: [[1, 2], [3, 4]] } }; // biome-ignore format: a matrix
    expect(parseDerivatives({ jacobian, exponent2: -700, from_step: 0, to_step: 5 }, null, SEQUENCE).exponent2).toBe(
      -700,
    );
  });

  test.each<[string, unknown, string[]]>([
    ["an array", [], ["shape null"]],
    ["null", null, ["shape null"]],
    ["a number", 3, ["shape null"]],
    ["nothing", {}, ["missing null"]],
    ["only what is no derivative", { gates: {} }, ["missing null"]],
    ["a group that is no object", { jacobian: [1] }, ["shape jacobian"]],
    ["a misspelt group", { jacobain: {} }, ["unknown-key jacobain"]],
    ["a misspelt output", { jacobian: { g: {} } }, ["unknown-key jacobian.g"]],
    ["a misspelt input", { jacobian: { f: { h: [] } } }, ["unknown-key jacobian.f.h"]],
    ["the product of a sequence", { jacobian: { h_T: {} } }, ["unknown-key jacobian.h_T"]],
    [
      "a prototype's keys",
      JSON.parse('{"__proto__":{},"jacobian":{"constructor":{}}}'),
      ["unknown-key __proto__", "unknown-key jacobian.constructor"],
    ],
    ["a number for a matrix", { terms: { f: 1 } }, ["shape terms.f"]],
    ["null for a vector", { gradient: { b_f: null } }, ["shape gradient.b_f"]],
    ["a row too few", { terms: { f: ZEROS.slice(1) } }, ["shape terms.f"]],
    [
      "a short row",
      {
        terms: {
          f: [
            [0, 0, 0],
            [0, 0],
            [0, 0, 0],
          ],
        },
      },
      ["shape terms.f[1]"],
    ],
    [
      "a vector for a matrix",
      { terms: { f: [0, 0, 0] } },
      ["shape terms.f[0]", "shape terms.f[1]", "shape terms.f[2]"],
    ],
    ["text for a number", { gradient: { x_t: [0, "1"] } }, ["not-a-number gradient.x_t[1]"]],
    ["a broken scale", { terms: { f: ZEROS }, exponent2: 0.5 }, ["shape exponent2"]],
  ])("refuses %s", (_, json, expected) => {
    expect(problemsOf(json)).toEqual(expected);
  });

  test("refuses a part of a sequence for the whole", () => {
    const jacobian = { h_T: { h_0: [[1, 2], [3, 4]] } }; // biome-ignore format: a matrix
    expect(problemsOf({ jacobian, from_step: 1, to_step: 5 }, SEQUENCE)).toEqual(["unsupported from_step"]);
    expect(problemsOf({ jacobian, from_step: 0, to_step: 4 }, SEQUENCE)).toEqual(["unsupported from_step"]);
  });

  test("names the nearest key", () => {
    expect(() => parseDerivatives({ gradeint: {} }, null, STEP)).toThrow(/nearest is gradient/);
  });
});
