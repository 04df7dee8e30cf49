import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { describe, expect, test } from "vitest";
import { suspect } from "../../src/grade/diagnose.ts";
import { vector } from "../../src/grade/entries.ts";
import { Grader } from "../../src/grade/grade.ts";
import type { Held } from "../../src/grade/held-entries.ts";
import { cellKey } from "../../src/grade/key.ts";
import { parseCell } from "../../src/input/parse-cell.ts";
import { forwardResult, showResult } from "../../src/lstm/results/one-step.ts";
import { jsonLine } from "../../src/render/json.ts";
import { randomCell } from "./lesson.ts";

const heldAs = (...data: readonly number[]): Held => ({
  ...{ data: Float64Array.from(data), absent: null, absentUnits: [], twiceUnits: [], nulls: new Set() },
  ...{ notNumbers: 0, readAs: null },
});

test("what speaks against an accident: log2 of what formulas give over 2κ units, less log2 of how many there are", () => {
  const one = (...numbers: number[]) => vector(Float64Array.from(numbers));
  const formula = { id: "missing-bias", way: "missing-bias 0", entries: one(0.12, 0.57, 0.93) } as const;
  const formulas = { all: [formula], span: Float64Array.of(0.5, 0.25, 0.75) };
  const { fits, isTelling, required } = suspect(formulas, one(0.42, 0.82, 0.18), heldAs(0.12, 0.57, 0.93));
  // all three fit as exactly as they can, on the grid of the doubles, whose unit is a share of the largest
  const unit = 2 * 0.51 * 1e-9 * 0.93;
  const bits = [0.5, 0.25, 0.75].reduce((sum, range) => sum + Math.log2(range / unit), -Math.log2(2));
  expect([isTelling, required]).toEqual([true, 10]);
  expect(fits).toEqual([{ formula, bits: expect.closeTo(bits, 9) }]);
});

describe("random wrong answers", () => {
  test("get no diagnosis, and the worst entry is the one that was made worst", () => {
    const generator = xoroshiro128plus(5);
    const random = () => uniformFloat64(generator);
    for (let seed = 0; seed < 30; seed++) {
      const native = randomCell(seed);
      const cell = parseCell(native);
      const grader = new Grader(cellKey(cell));
      const record = JSON.parse(jsonLine({ ...showResult(cell), ...forwardResult(cell) })) as { [key: string]: never };
      const { jacobian, gates, c_t } = record as unknown as {
        jacobian: Record<string, { h_prev: number[][] }>;
        gates: Record<string, number[]>;
        c_t: number[];
      };
      const rows = [
        ...Object.values(gates),
        c_t,
        ...Object.values(jacobian).map(({ h_prev }) => h_prev[seed % h_prev.length]),
      ];
      for (const row of rows) {
        const k = Math.floor(random() * row.length);
        row[k] = row[k] * (1.01 + random()) + 0.01;
        if (random() < 0.5) row[(k + 1) % row.length] *= 1.002;
      }
      const { tests, passed } = grader.grade(record);
      expect(passed).toBe(false);
      const wrong = tests.filter(({ status }) => status === "failed");
      expect(wrong).toHaveLength(rows.length);
      for (const { diagnosis, worst, map } of wrong) {
        expect(diagnosis).toBeNull();
        expect(map!.join("")).toContain("x");
        const name = map!.length > 1 ? map![worst!.row!][worst!.column!] : map![0][worst!.row!];
        expect(name).toBe("x");
      }
    }
  });
});
