import { Chalk } from "chalk";
import { describe, expect, test } from "vitest";
import { tint } from "../../src/render/tint.ts";

const trueColour = new Chalk({ level: 3 });
const backgroundOf = (share: number) =>
  tint(trueColour, share, "1.5")
    .match(/48;2;(\d+);(\d+);(\d+)m/)
    ?.slice(1)
    .map(Number);

describe("tint", () => {
  test("is orange for the largest positive and blue for the largest negative entry", () => {
    const [red, , blue] = backgroundOf(1)!;
    expect(red).toBeGreaterThan(blue!);
    const [negativeRed, , negativeBlue] = backgroundOf(-1)!;
    expect(negativeBlue).toBeGreaterThan(negativeRed!);
  });

  test("pales with the entry's share of the largest", () => {
    const [strong, weak] = [backgroundOf(1)!, backgroundOf(0.1)!];
    const spread = ([red, green, blue]: number[]) => Math.max(red!, green!, blue!) - Math.min(red!, green!, blue!);
    expect(spread(strong)).toBeGreaterThan(spread(weak));
  });

  test.each([0, 0.01, -0.01])("leaves an entry with the share %s in the terminal's own colours", (share) => {
    expect(tint(trueColour, share, "1.5")).toBe("1.5");
  });

  test("sets the text's colour too, so that it is readable on any terminal", () => {
    expect(tint(trueColour, 1, "1.5")).toContain("38;2;0;0;0m");
  });

  test("adds nothing without colours", () => {
    expect(tint(new Chalk({ level: 0 }), 1, "1.5")).toBe("1.5");
  });
});
