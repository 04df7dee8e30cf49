import { expect, test } from "vitest";
import { findQuantity } from "../../src/lstm/quantities.ts";
import { textOf } from "../../src/render/symbols.ts";

test.each([
  ["gates.f", "f_t"],
  ["jacobian.c_t.h_prev", "∂c_t/∂h_{t-1}"],
  ["gradient.U_f", "∂L/∂U_f"],
  ["gradient.h_prev", "∂L/∂h_{t-1}"],
  ["optimum.2.max.f.h_prev", "h_2*"],
  ["optimum.inf.min.o.h_prev", "−h_∞*"],
  ["optimum.2.max.f.preactivation", "z_f(h_2*)"],
  ["optimum.1.min.f.activation", "f_t(−h_1*)"],
])("%s is written %s", (path, symbol) => {
  expect(textOf(findQuantity(path)!.symbol())).toBe(symbol);
});

test("of a sequence, the state before its first step is h_0", () => {
  expect(textOf(findQuantity("gradient.h_prev")!.symbol(true))).toBe("∂L/∂h_0");
});
