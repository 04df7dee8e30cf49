import { describe, expect, test } from "vitest";
import { colourClass, colourRules, luminance } from "../../../src/render/report/colours.ts";
import { INKS } from "../../../src/render/report/inks.ts";

type Rgb = [number, number, number];
const rgb = (hex: string): Rgb => {
  const long = hex.length === 3 ? [...hex].map((digit) => digit + digit).join("") : hex;
  return [0, 2, 4].map((at) => Number.parseInt(long.slice(at, at + 2), 16)) as Rgb;
};
/** Contrast ratio of WCAG 2.2. */
const contrast = (a: Rgb, b: Rgb) => {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
};

describe("the colour scale", () => {
  test("knows the luminance of black, white and the primaries", () => {
    expect(luminance([0, 0, 0])).toBe(0);
    expect(luminance([255, 255, 255])).toBeCloseTo(1, 12);
    expect(luminance([255, 0, 0])).toBeCloseTo(0.2126, 12);
    // the grey that WCAG's own techniques give as 4.54 : 1 on white
    expect(contrast(rgb("767676"), rgb("fff"))).toBeCloseTo(4.54, 2);
  });

  test("is centred on zero, and its ends take what is beyond", () => {
    expect([-1, -0.04, 0, 0.04, 1].map(colourClass)).toEqual(["a", "k", "k", "k", "u"]);
    expect([-2, 3].map(colourClass)).toEqual(["a", "u"]);
  });

  test.each(["light", "dark"] as const)("has text that is read on every colour, %s", (theme) => {
    const rules = [...colourRules(theme).matchAll(/\.(\w)\{background:#(\w+);fill:#\w+;stroke:#\w+;color:#(\w+)\}/g)];
    expect(rules).toHaveLength(21);
    for (const [, , background, color] of rules) expect(contrast(rgb(background), rgb(color))).toBeGreaterThan(4.5);
  });

  test("has inks that are read on the paper, in both themes", () => {
    for (const { paper, rule: _, band: __, line: ___, ...inks } of Object.values(INKS)) {
      for (const ink of Object.values(inks))
        expect(contrast(rgb(paper.slice(1)), rgb(ink.slice(1)))).toBeGreaterThan(4.5);
    }
  });
});
