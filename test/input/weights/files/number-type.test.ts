import { expect, test } from "vitest";
import { isFloatType, typeFault } from "../../../../src/input/weights/files/number-type.ts";

test.each(["F64", "F32", "F16", "BF16", "F8_E4M3", "F8_E5M2", "F8_E4M3FNUZ", "F8_E5M2FNUZ"])("%s is read", (type) => {
  expect([isFloatType(type), typeFault(type)]).toEqual([true, null]);
});

test("decimal text is no bytes of floats, and no fault", () => {
  expect([isFloatType("JSON"), typeFault("JSON")]).toEqual([false, null]);
});

test.each([
  ["I8", "I8 (integers, perhaps quantised)"],
  ["U64", "U64 (integers, perhaps quantised)"],
  ["BOOL", "BOOL (truth values)"],
  ["C64", "C64 (complex numbers)"],
  ["F8_E8M0", "F8_E8M0 (powers of two, the scales of quantised numbers)"],
  ["F4_E2M1", "F4_E2M1 (numbers of a few bits, quantised with scales beside them)"],
  ["F6_E3M2", "F6_E3M2 (numbers of a few bits, quantised with scales beside them)"],
  ["F8_E4M3B11FNUZ", "F8_E4M3B11FNUZ (floats that are not read)"],
  ["F80_E15", "F80_E15 (floats that are not read)"],
  ["|V2", "|V2 (raw bytes; bfloat16 arrays are saved so)"],
  ["toString", "toString (no real numbers)"],
])("%s is not, and the sentence says what it holds and what to do", (type, begin) => {
  expect(isFloatType(type)).toBe(false);
  expect(typeFault(type)).toBe(`${begin}, expected F64, F32, F16, BF16 or F8; convert it to float first`);
});

test.each(["|O", "O", "|O8", "<O4"])("%s is a pickle, which is never loaded", (type) => {
  expect(typeFault(type)).toMatch(/^Python objects, a pickle, which is never loaded; save arrays of numbers/);
});
