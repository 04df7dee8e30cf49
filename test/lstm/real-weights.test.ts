import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { parseCell } from "../../src/input/parse-cell.ts";
import { rowOf } from "../../src/linalg/matrix.ts";
import { forward } from "../../src/lstm/forward.ts";
import { jacobian } from "../../src/lstm/jacobian.ts";
import { GATES, type Output, type Wrt } from "../../src/lstm/names.ts";

/** Weights of a published voice-activity detector, H = I = 128, with values in 60-digit arithmetic; too large to ship. */
const folder = new URL("../../../shared/data/", import.meta.url);
const hasData = existsSync(new URL("silero-v5.cell.json", folder));
const read = (name: string) => readFileSync(new URL(name, folder));

/** The largest difference, as a share of the largest expected entry. */
function worstShare(got: ArrayLike<number>, expected: readonly (number | string)[]): number {
  const exact = expected.map(Number);
  const largest = Math.max(...exact.map(Math.abs));
  return Math.max(...exact.map((entry, k) => Math.abs(got[k] - entry))) / largest;
}

describe.skipIf(!hasData)("a published voice-activity detector (skipped without its data)", () => {
  const load = () => ({
    trace: forward(parseCell(JSON.parse(read("silero-v5.cell.json").toString()))),
    expected: JSON.parse(gunzipSync(read("silero-v5.expect.json.gz")).toString()),
  });

  test("gates, c_t and h_t agree to 1e-15 of the largest entry", () => {
    const { trace, expected } = load();
    for (const g of GATES) expect(worstShare(trace.gate(g)!, expected.values[g]), g).toBeLessThan(1e-15);
    expect(worstShare(trace.c_t!, expected.values.c_t)).toBeLessThan(1e-15);
    expect(worstShare(trace.h_t!, expected.values.h_t)).toBeLessThan(1e-15);
  });

  test("every Jacobian agrees to 1e-15 of its row's largest entry", () => {
    const { trace, expected } = load();
    for (const [of, byWrt] of Object.entries<Record<string, number[][]>>(expected.jacobian)) {
      for (const [wrt, rows] of Object.entries(byWrt)) {
        const matrix = jacobian(trace, of as Output, wrt as Wrt);
        const shares = rows.map((row, d) => worstShare(rowOf(matrix, d), row));
        expect(Math.max(...shares), `∂${of}/∂${wrt}`).toBeLessThan(1e-15);
      }
    }
  });
});
