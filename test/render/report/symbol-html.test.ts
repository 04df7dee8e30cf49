import { expect, test } from "vitest";
import { label } from "../../../src/render/report/svg.ts";
import { numberHtml, symbolHtml, symbolPlain, symbolSvg } from "../../../src/render/report/symbol-html.ts";

test("symbols get real lower indices, and are escaped", () => {
  expect(symbolHtml("∂h_t/∂h_{t-1}")).toBe("∂h<sub>t</sub>/∂h<sub>t−1</sub>");
  expect(symbolHtml("‖∂s_12/∂s_0‖ < 1")).toBe("‖∂s<sub>12</sub>/∂s<sub>0</sub>‖ &lt; 1");
  expect(symbolHtml("x_{<b>}")).toBe("x<sub>&lt;b&gt;</sub>");
});

test.each([
  ["-0.275", "−0.275"],
  ["-4.25e-18", "−4.25·10<sup>−18</sup>"],
  ["1e+21", "10<sup>21</sup>"],
  [">1e308", "&gt;10<sup>308</sup>"],
  ["= 10^-221.5000: all", "= 10<sup>−221.5000</sup>: all"],
  ["1/(1-f) median, u<-0.9, -inf", "1/(1−f) median, u&lt;−0.9, −inf"],
  ["log10 ‖∂s_5/∂s_t‖", "log<sub>10</sub> ‖∂s<sub>5</sub>/∂s<sub>t</sub>‖"],
  ["× 2^-300", "× 2<sup>−300</sup>"],
  // words, a date and a name of a file are no numbers
  ["axe-core, h-1a, 2024-05-06, cell-3e5.json", "axe-core, h-1a, 2024-05-06, cell-3e5.json"],
])("numbers within words have one minus and raised powers: %s", (words, html) => {
  expect(symbolHtml(words)).toBe(html);
});

test("the numbers of a table are spelt as those within words", () => {
  for (const text of ["0.5", "-0.5", "-1.5e-7", "2.25e+21"]) expect(numberHtml(text)).toBe(symbolHtml(text));
});

test("labels have three digits, and powers of ten where they are short", () => {
  expect([0.0426339, -0.25, 0, -0, 1234, 0.00012, 0.000046, -3e-300, 2e6].map(label)).toEqual([
    ...["0.0426", "−0.25", "0", "0", "1230", "0.00012", "4.6·10^{−5}", "−3·10^{−300}", "2·10^{6}"],
  ]);
});

test("in a picture the line goes on where it was after an index and a power", () => {
  const shifts = (symbol: string) => [...symbolSvg(symbol).matchAll(/dy="(-?\d+)"/g)].map(([, shift]) => Number(shift));
  expect(shifts("∂s_5/∂s_{t-1}")).toEqual([3, -3, 3, -3]);
  expect(shifts("2e-5")).toEqual([-4, 4]);
  expect(symbolSvg('"<')).toBe("&quot;&lt;");
});

test("without markup they have no braces, and powers are raised digits", () => {
  expect(symbolPlain("∂h_t/∂h_{t-1}")).toBe("∂h_t/∂h_t−1");
  expect(symbolPlain("-4e-18 of 10^-1.5")).toBe("−4·10⁻¹⁸ of 10^−1.5");
});
