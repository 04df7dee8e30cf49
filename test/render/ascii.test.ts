import { describe, expect, test } from "vitest";
import { toAscii } from "../../src/render/ascii.ts";
import { EVERY_SYMBOL } from "../helpers/symbols.ts";

describe("toAscii", () => {
  test("has a plain spelling for every character of the symbols", () => {
    for (const symbol of EVERY_SYMBOL) expect(toAscii(symbol)).toMatch(/^[ -~]+$/);
    expect(EVERY_SYMBOL.map(toAscii).join()).not.toContain("?");
  });

  test("writes ? for a character that it does not know, one for each", () => {
    expect(toAscii("größe 𝄞")).toBe("gr??e ?");
  });

  test("writes exponents on the line", () => {
    expect(toAscii("2⁻¹⁰²², 10⁵, sech²z")).toBe("2^-1022, 10^5, sech^2z");
  });

  test("leaves ASCII alone, colours and line feeds included", () => {
    const text = "a\n\u001b[1m~ \u001b[22m";
    expect(toAscii(text)).toBe(text);
  });
});
