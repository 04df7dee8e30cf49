import { describe, expect, test } from "vitest";
import { sigmoidSchema } from "../helpers/result-schemas.ts";
import { resultOf, run } from "../helpers/run.ts";

const sigmoid = (...zs: string[]) => sigmoidSchema.parse(resultOf(["sigmoid", "--json", ...zs])).values;

describe("dlstm sigmoid", () => {
  test("prints z, σ(z) and σ'(z) of each number, in order", () => {
    const values = sigmoid("0", "2", "-2");
    expect(values.map(({ z }) => z)).toEqual([0, 2, -2]);
    expect(values[0]).toEqual({ z: 0, sigma: 0.5, derivative: 0.25 });
    expect(values[1]!.derivative).toBe(values[2]!.derivative);
    expect(values[1]!.sigma + values[2]!.sigma).toBeCloseTo(1, 15);
  });

  test("keeps the digits where σ saturates", () => {
    const [high, low] = sigmoid("40", "-700");
    expect(high).toEqual({ z: 40, sigma: 1, derivative: 4.248354255291589e-18 });
    expect(low!.sigma / Math.exp(-700)).toBeCloseTo(1, 14);
    expect(low!.derivative).toBe(low!.sigma);
  });

  test("never prints Infinity, NaN or null", () => {
    for (const { sigma, derivative } of sigmoid("1e308", "-1e308", "5e-324", "-0")) {
      expect(sigma >= 0 && sigma <= 1 && derivative >= 0 && derivative <= 0.25).toBe(true);
    }
  });

  test("reads decimals in every usual spelling, negative ones too", () => {
    expect(sigmoid("-1.5e-3", "+3", ".5", "-.5", "1.", "1E2").map(({ z }) => z)).toEqual([
      -0.0015, 3, 0.5, -0.5, 1, 100,
    ]);
    expect(sigmoid("--", "-2").map(({ z }) => z)).toEqual([-2]);
  });

  test("reads fractions, U+2212 as a minus, and negative fractions among flags", () => {
    expect(sigmoid("-1/2", "1/3", "\u22122", "1e\u22123", "2/\u22124").map(({ z }) => z)).toEqual([
      -0.5,
      1 / 3,
      -2,
      0.001,
      -0.5,
    ]);
    expect(run(["sigmoid", "1", "--wat"]).stderr).toBe(
      "dlstm: --wat: unknown option, expected numbers; --help lists the options\n",
    );
  });

  test("prints a table with exponents where a column spans more than 10⁶", () => {
    const { stdout, stderr, status } = run(["sigmoid", "-2", "0", "40"]);
    expect([stderr, status]).toEqual(["", 0]);
    expect(stdout).toMatch(/^z +σ\(z\) +σ'\(z\)\n─+\n/);
    expect(stdout).toMatch(/^-2 +0\.11920 +1\.04994e-1$/m);
    expect(stdout).toMatch(/^40 +1\.00000 +4\.24835e-18$/m);
  });

  test("prints as many digits as --digits says", () => {
    expect(run(["sigmoid", "1", "--digits", "3"]).stdout).toMatch(/^1 +0\.731 +0\.197$/m);
  });

  test("shows every one of many numbers, with --full if it has such an option", () => {
    const zs = Array.from({ length: 40 }, (_, k) => String(k));
    const full = run(["sigmoid", "--help"]).stdout.includes("--full") ? ["--full"] : [];
    const { stdout } = run(["sigmoid", ...zs, ...full]);
    expect(stdout.match(/^\d+/gm)).toEqual(zs);
  });

  test.each([
    ["abc", "abc is not a number, expected one such as -0.5, 1e-3 or 1/3"],
    ["1e999", "1e999 is a number beyond the range of a double, ±1.7976931348623157e308, expected a finite number"],
    ["NaN", "NaN is not a finite number, expected one such as -0.5, 1e-3 or 1/3"],
    ["0x10", "0x10 is not a number"],
    ["1_000", "1_000 is not a number"],
    ["1,5", "1,5 has a decimal comma, expected a point: 1.5"],
    ["1/0", "1/0 is divided by zero, expected another denominator"],
    ["", "empty, expected a number such as -0.5, 1e-3 or 1/3"],
    [" ", "empty, expected a number such as -0.5, 1e-3 or 1/3"],
  ])("refuses %j", (text, message) => {
    const { stdout, stderr, status } = run(["sigmoid", "1", text]);
    expect([stdout, status]).toEqual(["", 2]);
    expect(stderr).toContain(`dlstm: z: ${message}`);
  });

  test("refuses to run without a number", () => {
    expect(run(["sigmoid"])).toEqual({
      stdout: "",
      stderr: "dlstm: z: missing required argument 'z'; --help says what is expected\n",
      status: 2,
    });
  });
});
