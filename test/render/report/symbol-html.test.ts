import { expect, test } from "vitest";
import { symbolHtml, symbolSpoken, symbolSvg } from "../../../src/render/report/symbol-html.ts";

test("symbols get real lower indices, and are escaped", () => {
  expect(symbolHtml("∂h_t/∂h_{t-1}")).toBe("∂h<sub>t</sub>/∂h<sub>t−1</sub>");
  expect(symbolHtml("‖∂s_12/∂s_0‖ < 1")).toBe("‖∂s<sub>12</sub>/∂s<sub>0</sub>‖ &lt; 1");
  expect(symbolHtml("x_{<b>}")).toBe("x<sub>&lt;b&gt;</sub>");
});

test("in a picture the line goes on where it was after an index", () => {
  const shifts = [...symbolSvg("∂s_5/∂s_{t-1}").matchAll(/dy="(-?\d+)"/g)].map(([, shift]) => Number(shift));
  expect(shifts).toEqual([3, -3, 3, -3]);
  expect(symbolSvg('"<')).toBe("&quot;&lt;");
});

test("read aloud, they have no braces", () => {
  expect(symbolSpoken("∂h_t/∂h_{t-1}")).toBe("∂h_t/∂h_t-1");
});
