import { describe, expect, test } from "vitest";
import { GATES, NORMS, OUTPUTS, WRTS } from "../../src/lstm/names.ts";
import { derivativeSymbol, optimumSymbol, termSymbol, toAscii } from "../../src/render/symbols.ts";

const EVERY_SYMBOL = [
  ...OUTPUTS.flatMap((of) => WRTS.map((wrt) => derivativeSymbol(of, wrt))),
  ...GATES.map(termSymbol),
  ...GATES.flatMap((g) => NORMS.flatMap((norm) => [optimumSymbol(g, "max", norm), optimumSymbol(g, "min", norm)])),
];

describe("symbols", () => {
  test("write a derivative as one does by hand", () => {
    expect(derivativeSymbol("f", "h_prev")).toBe("∂f_t/∂h_{t-1}");
    expect(derivativeSymbol("tanh_c_t", "c_prev")).toBe("∂tanh(c_t)/∂c_{t-1}");
    expect(derivativeSymbol("h_t", "x_t")).toBe("∂h_t/∂x_t");
  });

  test("name each path and each optimum with its sphere", () => {
    expect(termSymbol("o")).toContain("T_o");
    expect(optimumSymbol("f", "max", "2")).toBe("max f_t, ‖h‖₂ = 1");
    expect(optimumSymbol("u", "min", "inf")).toBe("min u_t, ‖h‖∞ = 1");
  });

  test("are all different, also in ASCII", () => {
    expect(new Set(EVERY_SYMBOL).size).toBe(EVERY_SYMBOL.length);
    expect(new Set(EVERY_SYMBOL.map(toAscii)).size).toBe(EVERY_SYMBOL.length);
  });
});

describe("toAscii", () => {
  test("has a plain spelling for every character of the symbols", () => {
    for (const symbol of EVERY_SYMBOL) expect(toAscii(symbol)).toMatch(/^[ -~]+$/);
    expect(EVERY_SYMBOL.map(toAscii).join()).not.toContain("?");
  });

  test("writes ? for a character that it does not know, one for each", () => {
    expect(toAscii("größe 𝄞")).toBe("gr??e ?");
  });

  test("leaves ASCII alone, colours and line feeds included", () => {
    const text = "a\n\u001b[1m~ \u001b[22m";
    expect(toAscii(text)).toBe(text);
  });
});
