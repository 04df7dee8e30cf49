import { expect, test } from "vitest";
import { outcomeOf } from "./planted.ts";
import { randomNative } from "./random-cells.ts";

// a small sample of what `npm run verify` runs over
test.each([
  ["cells", 30, (k: number) => randomNative(k, null)],
  ["sequences", 15, (k: number) => randomNative(k + 1_000_000, 1 + (k % 4))],
] as const)(
  "our own derivatives of random %s pass, and an error of 1.5 × the allowance in each is found",
  (_, count, nativeOf) => {
    let planted = 0;
    for (let k = 0; k < count; k++) {
      const outcome = outcomeOf(nativeOf(k));
      expect(outcome.faults, `seed ${k}`).toEqual([]);
      planted += outcome.planted;
    }
    expect(planted).toBeGreaterThan(10 * count);
  },
);
