import { Chalk } from "chalk";
import { describe, expect, test } from "vitest";
import { luminance } from "../../src/render/report/colours.ts";
import { colourOf, tint } from "../../src/render/tint.ts";

const LEVELS = [1, 2, 3] as const;
const chalk = (level: 0 | 1 | 2 | 3) => new Chalk({ level });
const SHARES = [1e-300, 0.01, 0.2, 0.34, 0.5, 0.67, 0.9, 1];

/** The colours of xterm for the code of a background: what 16 and 256 colours look like where no theme changes them. */
function rgbOf(code: number): number[] {
  if (code === 4) return [0, 0, 238];
  if (code === 3) return [205, 205, 0];
  if (code < 16 || code > 231) throw new Error(`an unexpected colour, ${code}`);
  const part = (k: number) => (k === 0 ? 0 : 55 + 40 * k);
  return [Math.floor((code - 16) / 36), Math.floor((code - 16) / 6) % 6, (code - 16) % 6].map(part);
}

/** The background of an entry, as red, green and blue. */
function backgroundOf(level: 1 | 2 | 3, share: number): number[] {
  const text = tint(chalk(level), share, "1.5");
  const [, code] = /\[48;5;(\d+)m/.exec(text) ?? /\[4([0-7])m/.exec(text) ?? [];
  if (code !== undefined) return rgbOf(Number(code));
  return /\[48;2;(\d+);(\d+);(\d+)m/.exec(text)!.slice(1).map(Number);
}

/** In degrees: 30 is orange, 60 yellow, 210 a clear blue, 240 the terminal's. */
function hueOf([red, green, blue]: number[]): number {
  const degrees = (Math.atan2(Math.sqrt(3) * (green! - blue!), 2 * red! - green! - blue!) * 180) / Math.PI;
  return (degrees + 360) % 360;
}

describe.each(LEVELS)("tint at colour level %i", (level) => {
  test("is blue below zero and orange above, however near to it; zero is plain", () => {
    for (const share of SHARES) {
      const [above, below] = [hueOf(backgroundOf(level, share)), hueOf(backgroundOf(level, -share))];
      expect(above).toBeGreaterThanOrEqual(25);
      expect(above).toBeLessThanOrEqual(level === 1 ? 60 : 40);
      expect(below).toBeGreaterThanOrEqual(205);
      expect(below).toBeLessThanOrEqual(240);
    }
    for (const zero of [0, -0]) expect(tint(chalk(level), zero, "0")).toBe("0");
  });

  test("never pales as the share grows", () => {
    const spread = (share: number) => Math.max(...backgroundOf(level, share)) - Math.min(...backgroundOf(level, share));
    for (const sign of [1, -1]) {
      const spreads = SHARES.map((share) => spread(sign * share));
      expect(spreads).toEqual(spreads.toSorted((a, b) => a - b));
      if (level > 1) expect(spreads.at(-1)! - spreads[0]!).toBeGreaterThan(50);
    }
  });

  test("has text that is read easily on every background: a contrast of at least 4.5", () => {
    for (const share of SHARES.flatMap((size) => [size, -size])) {
      const isWhite = level === 1 && share < 0;
      const text = tint(chalk(level), share, "1.5");
      expect(text).toContain(
        isWhite ? "\u001b[97m" : { 1: "\u001b[30m", 2: "\u001b[38;5;16m", 3: "\u001b[38;2;0;0;0m" }[level],
      );
      const [red, green, blue] = backgroundOf(level, share);
      const light = luminance([red!, green!, blue!]);
      expect(isWhite ? 1.05 / (light + 0.05) : (light + 0.05) / 0.05).toBeGreaterThan(4.5);
    }
  });
});

test("without colours nothing is added", () => {
  expect(tint(chalk(0), 1, "1.5")).toBe("1.5");
  expect(colourOf(chalk(3), 0, "ink")("1.5")).toBe("1.5");
});
