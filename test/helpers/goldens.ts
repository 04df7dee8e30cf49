import { expect } from "vitest";
import type { NativeCell } from "../promise/reference.ts";
import { fixture } from "./fixtures.ts";

/** Numbers of a golden, as numbers or as decimal strings of 60 digits. */
export type Nested = number | string | Nested[] | { [key: string]: Nested };

export interface Golden {
  readonly cell: NativeCell & { readonly x?: number[][] };
  readonly expected: Record<string, Nested>;
}

/** The goldens of these files, each with a title. */
export const goldens = (...names: string[]) =>
  names.flatMap((name) =>
    fixture<{ cells: Golden[] }>(`golden/${name}.json`).cells.map((golden) => ({
      ...golden,
      title: `${name}, ${golden.cell.name}`,
    })),
  );

/** A record's numbers as JSON has them. */
export const plain = (record: unknown): Nested =>
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
export function requireClose(got: Nested, expected: Nested, path: string, tolerance = 1e-12): void {
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
