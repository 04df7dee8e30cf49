import { expect, test } from "vitest";
import { exact, toDouble } from "../../src/verify/arithmetic.ts";
import { ONE, timesPowerOfTwo } from "../../src/verify/ball.ts";

test("toDouble has no Infinity: beyond the doubles it is the largest of them", () => {
  const far = timesPowerOfTwo(ONE, 1400);
  expect([toDouble(far), toDouble({ ...far, m: -1n })]).toEqual([Number.MAX_VALUE, -Number.MAX_VALUE]);
  expect(toDouble(exact(-Number.MAX_VALUE))).toBe(-Number.MAX_VALUE);
});
