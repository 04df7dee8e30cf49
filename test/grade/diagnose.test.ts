import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { describe, expect, test } from "vitest";
import { Grader } from "../../src/grade/grade.ts";
import { cellKey } from "../../src/grade/key.ts";
import { parseCell } from "../../src/input/parse-cell.ts";
import { forwardResult, showResult } from "../../src/lstm/results/one-step.ts";
import { jsonLine } from "../../src/render/json.ts";
import { randomCell } from "./lesson.ts";

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
