import { describe, expect, test } from "vitest";
import { exportCell, roundedBiases } from "../../../src/input/weights/export-cell.ts";
import { readJsonCell } from "../../../src/input/weights/read-cell.ts";
import { exactly, sum, times } from "../../../src/linalg/ball.ts";
import { nearestDouble } from "../../../src/linalg/ball-rounding.ts";
import { forward } from "../../../src/lstm/forward.ts";
import { GATES } from "../../../src/lstm/names.ts";
import { run } from "../../helpers/run.ts";
import { Draws } from "../../promise/rounded-cells.ts";

const PYTORCH = ["i", "f", "u", "o"] as const;
const H = 3;

/** Biases over all 53 bits whose sums seldom are doubles; the state keeps z from being the bias alone. */
function biases(seed: number) {
  const draws = new Draws(seed);
  const vector = (low: number, high: number) => [...draws.vector(4 * H, low, high)];
  const matrix = (cols: number) => Array.from({ length: 4 * H }, () => [...draws.vector(cols, -4, 0)]);
  return { weight_ih: matrix(2), weight_hh: matrix(H), bias_ih: vector(-3, 2), bias_hh: vector(-40, 2) };
}

describe("two biases of a framework", () => {
  test("count as their exact sum: z is rounded once", () => {
    for (let seed = 0; seed < 40; seed++) {
      const file = biases(seed);
      const cell = readJsonCell(file);
      const h_prev = new Draws(seed + 1000).vector(H, -2, 0);
      const trace = forward({ ...cell, state: { ...cell.state, h_prev } });
      for (const g of GATES) {
        const block = PYTORCH.indexOf(g) * H;
        for (let r = 0; r < H; r++) {
          const products = file.weight_hh[block + r]!.map((weight, k) => [weight, h_prev[k]!] as const);
          const sums = [file.bias_ih, file.bias_hh].map((bias) => [bias[block + r]!, 1] as const);
          const { mantissa, exponent } = sum([...products, ...sums].map(([a, b]) => times(exactly(a), exactly(b))));
          expect(trace.z(g)![r]).toBe(nearestDouble(mantissa, exponent));
        }
      }
    }
  });

  test("are rounded once by convert, which names the entries; the rounded cell reads back the same", () => {
    const file = biases(7);
    const cell = readJsonCell(file);
    const native = exportCell(cell, "native") as Record<string, Float64Array>;
    const changed: string[] = [];
    for (const g of GATES) {
      const block = PYTORCH.indexOf(g) * H;
      for (let r = 0; r < H; r++) {
        const [first, second] = [file.bias_ih[block + r]!, file.bias_hh[block + r]!];
        const exact = sum([first, second].map(exactly));
        expect(native[`b_${g}`]![r]).toBe(nearestDouble(exact.mantissa, exact.exponent));
        if (sum([first, second, -(first + second)].map(exactly)).mantissa !== 0n) changed.push(`b_${g}[${r}]`);
      }
    }
    expect(changed.length).toBeGreaterThan(6);
    expect(roundedBiases(cell)).toEqual(changed);
    const again = readJsonCell(
      JSON.parse(
        JSON.stringify(native, (_, value) =>
          ArrayBuffer.isView(value) ? [...(value as Float64Array)] : value?.data ? rowsOf(value) : value,
        ),
      ),
    );
    for (const g of GATES) expect(again.gates[g]!.b).toEqual(native[`b_${g}`]);
    expect(roundedBiases(again)).toEqual([]);
  });

  test("convert says so on stderr, at most eight of them by name", () => {
    const { stderr, status } = run(["convert"], { input: JSON.stringify(biases(7)) });
    expect(status).toBe(0);
    expect(stderr).toMatch(/b_f\[0\], (b_\w\[\d\](, | and \d more)?){7,8}: the sum of two biases, rounded to a double/);
  });

  test("whose sum is beyond the doubles saturate a gate, but have no place in a native cell", () => {
    const file = biases(3);
    file.bias_ih[H] = 1.7e308;
    file.bias_hh[H] = 1.7e308;
    const cell = readJsonCell(file);
    expect(forward(cell).gate("f")![0]).toBe(1);
    expect(() => exportCell(cell, "native")).toThrow(/^b_f\[0\]: 1.7e\+308 \+ 1.7e\+308 leaves the range of a double/);
  });
});

function rowsOf({ rows, cols, data }: { rows: number; cols: number; data: Float64Array }): number[][] {
  return Array.from({ length: rows }, (_, r) => [...data.subarray(r * cols, (r + 1) * cols)]);
}
