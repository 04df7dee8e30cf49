import { describe, expect, test } from "vitest";
import { parseCell } from "../../src/input/parse-cell.ts";
import { backwardResult } from "../../src/lstm/results/backward.ts";
import { sequenceResult } from "../../src/lstm/results/sequence.ts";
import { fixture } from "../helpers/fixtures.ts";
import type { NativeCell } from "../promise/reference.ts";

/** Numbers of a golden, as numbers or as decimal strings of 60 digits. */
type Nested = number | string | Nested[] | { [key: string]: Nested };

interface Golden {
  readonly cell: NativeCell & { readonly x?: number[][] };
  readonly expected: Record<string, Nested>;
}

const goldens = (...names: string[]) =>
  names.flatMap((name) =>
    fixture<{ cells: Golden[] }>(`golden/${name}.json`).cells.map((golden) => ({
      ...golden,
      title: `${name}, ${golden.cell.name}`,
    })),
  );

/** A record's numbers as JSON has them. */
const plain = (record: unknown): Nested =>
  JSON.parse(
    JSON.stringify(record, (_, value) => {
      if (value instanceof Float64Array) return [...value];
      if (value?.data instanceof Float64Array) {
        return Array.from({ length: value.rows }, (_, r) => [
          ...value.data.subarray(r * value.cols, (r + 1) * value.cols),
        ]);
      }
      return value;
    }),
  );

/** Requires every number of `expected` in `got`, within 1e-12 of the largest of its row. */
function requireClose(got: Nested, expected: Nested, path: string, tolerance = 1e-12): void {
  if (Array.isArray(expected) && typeof expected[0] !== "object") {
    const row = expected.map(Number);
    const largest = Math.max(...row.map(Math.abs));
    expect(got, path).toHaveLength(row.length);
    row.forEach((entry, k) => {
      const apart = Math.abs((got as number[])[k] - entry);
      expect(apart, `${path}[${k}]: ${(got as number[])[k]}, expected ${entry}`).toBeLessThanOrEqual(
        tolerance * largest,
      );
    });
  } else if (typeof expected === "object") {
    if (Array.isArray(expected)) expect(got, path).toHaveLength(expected.length);
    for (const [key, value] of Object.entries(expected)) {
      requireClose((got as Record<string, Nested>)[key], value, `${path}.${key}`, tolerance);
    }
  } else {
    expect(Math.abs(Number(got) - Number(expected)), `${path}: ${got}, expected ${expected}`).toBeLessThanOrEqual(
      tolerance * Math.abs(Number(expected)),
    );
  }
}

describe("backward", () => {
  test.each(goldens("backward-pytorch", "backward-exact"))(
    "agrees to 1e-12 of each row's largest entry: $title",
    (golden) => {
      const result = backwardResult(parseCell(golden.cell), { steps: false });
      requireClose(plain(result), golden.expected, "");
      expect(Object.keys(result.gradient).sort()).toEqual(Object.keys(golden.expected.gradient).sort());
    },
  );
});

describe("a sequence", () => {
  test.each(goldens("sequence-pytorch", "sequence-exact"))(
    "agrees to 1e-12 of each row's largest entry: $title",
    ({ cell: native, expected }) => {
      const cell = parseCell(native);
      const { loss, gradient, ...run } = expected;
      const result = sequenceResult(cell, { from: 0, to: cell.x!.rows });
      expect(result.exponent2).toBe(0);
      requireClose(plain(result), run, "");
      const through = backwardResult(cell, { steps: false });
      requireClose(plain(through), { loss, gradient }, "");
      expect(Object.keys(through.gradient).sort()).toEqual(Object.keys(gradient).sort());
    },
  );
});

test("the comparison finds an entry off by 1e-11 of its row's largest", () => {
  const [{ expected }] = goldens("backward-exact");
  const numbers = JSON.parse(JSON.stringify(expected).replace(/"(-?\d[^"]*)"/g, "$1"));
  requireClose(numbers, expected, "");
  numbers.gradient.U_f[0][0] += 1e-11 * Math.max(...numbers.gradient.U_f[0].map(Math.abs));
  expect(() => requireClose(numbers, expected, "")).toThrow(/gradient\.U_f\.0\[0\]/);
});
