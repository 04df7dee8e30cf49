import { expect } from "vitest";
import { fixture } from "./fixtures.ts";
import { sequenceSchema } from "./result-schemas.ts";
import { runMain } from "./run.ts";

const CELL = fixture("sequence.json");

/** What `dlstm sequence --json` prints. */
export const sequence = async (args: readonly string[], input = "") => {
  const { stdout, stderr, status } = await runMain(["sequence", ...args, "--json"], { input });
  expect([stderr, status]).toEqual(["", 0]);
  return sequenceSchema.parse(JSON.parse(stdout));
};

/** The fixture's x over and over, and a forget gate that lets the gradient vanish faster. */
export const long = (steps: number) => ({
  ...CELL,
  b_f: [-1, -1],
  x: Array.from({ length: steps }, (_, t) => (CELL.x as number[][])[t % 5]),
});

/** Every entry within the tolerance. */
export function expectClose(
  got: readonly (readonly number[])[],
  expected: readonly (readonly number[])[],
  tolerance: number,
) {
  got.forEach((row, r) => {
    row.forEach((entry, c) => {
      expect(Math.abs(entry - expected[r]![c]!)).toBeLessThanOrEqual(tolerance);
    });
  });
}
