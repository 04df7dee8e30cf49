import { describe, expect, test } from "vitest";
import { derivativeAt, derivativeNamed } from "../../src/lstm/derivatives.ts";
import { gate } from "../../src/lstm/letters.ts";
import { toAscii } from "../../src/render/ascii.ts";
import { optimumSymbol, textOf } from "../../src/render/symbols.ts";
import { EVERY_SYMBOL } from "../helpers/symbols.ts";

describe("symbols", () => {
  test("write a derivative as one does by hand", () => {
    expect(textOf(derivativeAt("jacobian.f.h_prev").symbol())).toBe("∂f_t/∂h_{t-1}");
    expect(textOf(derivativeAt("jacobian.tanh_c_t.c_prev").symbol())).toBe("∂tanh(c_t)/∂c_{t-1}");
    expect(textOf(derivativeAt("jacobian.h_t.x_t").symbol())).toBe("∂h_t/∂x_t");
  });

  test("name each path and each optimum with its sphere", () => {
    expect(textOf(derivativeAt("terms.o").symbol())).toBe("T_o");
    expect(textOf(optimumSymbol(gate("f"), "max", "2"))).toBe("max f_t, ‖h‖₂ = 1");
    expect(textOf(optimumSymbol(gate("u"), "min", "inf"))).toBe("min u_t, ‖h‖∞ = 1");
  });

  test.each([
    ["f", "h_prev", false, "∂f_t/∂h_{t-1}"],
    ["terms.o", "h_prev", false, "T_o"],
    ["loss", "W_f", false, "∂L/∂W_f"],
    ["loss", "h_prev", false, "∂L/∂h_{t-1}"],
    ["loss", "h_prev", true, "∂L/∂h_0"],
    ["loss", "x", true, "∂L/∂x"],
    ["h_T", "c_0", true, "∂h_T/∂c_0"],
  ])("write the derivative of %s by %s that a check has, of a sequence: %s, as %s", (of, wrt, isSequence, text) => {
    expect(textOf(derivativeNamed(of, wrt).symbol(isSequence))).toBe(text);
  });

  test("write a gradient by the state before the step, of a sequence by its first", () => {
    expect(textOf(derivativeAt("gradient.c_prev").symbol(false))).toBe("∂L/∂c_{t-1}");
    expect(textOf(derivativeAt("gradient.c_prev").symbol(true))).toBe("∂L/∂c_0");
  });

  test("are all different, also in ASCII", () => {
    expect(new Set(EVERY_SYMBOL).size).toBe(EVERY_SYMBOL.length);
    expect(new Set(EVERY_SYMBOL.map(toAscii)).size).toBe(EVERY_SYMBOL.length);
  });
});
