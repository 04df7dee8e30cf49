import { describe, expect, test } from "vitest";
import type { DlstmError } from "../../src/errors.ts";
import { parseCell } from "../../src/input/parse-cell.ts";
import { missingKeys, requireKeys } from "../../src/lstm/requirements.ts";

describe("the keys that a quantity needs", () => {
  test("a gate needs its own U, c_t those of f, i and u, h_t all four", () => {
    const cell = parseCell({ U_f: [[1]] });
    expect(missingKeys(cell, "f")).toEqual([]);
    expect(missingKeys(cell, "o")).toEqual(["U_o"]);
    expect(missingKeys(cell, "c_t")).toEqual(["U_i", "U_u"]);
    expect(missingKeys(cell, "tanh_c_t")).toEqual(["U_i", "U_u"]);
    expect(missingKeys(cell, "h_t")).toEqual(["U_i", "U_o", "U_u"]);
  });

  test("W is needed where x_t is given or differentiated by", () => {
    const cell = parseCell({ U_f: [[1]], U_i: [[1]], W_i: [[1, 2]] });
    expect(missingKeys(cell, "f", "h_prev")).toEqual([]);
    expect(missingKeys(cell, "f", "x_t")).toEqual(["W_f"]);
    expect(missingKeys(cell, "i", "x_t")).toEqual([]);
    const given = parseCell({ U_f: [[1]], W_f: [[1, 2]], x_t: [1, 1] });
    expect(missingKeys(given, "i")).toEqual(["U_i", "W_i"]);
  });

  test("what is missing is an error with one problem for each key", () => {
    expect(() => requireKeys([], "h_t")).not.toThrow();
    try {
      requireKeys(["U_i", "U_o"], "h_t");
      expect.unreachable();
    } catch (error) {
      expect((error as DlstmError).problems).toEqual([
        { code: "missing", file: null, place: "U_i", message: "missing, but needed for h_t" },
        { code: "missing", file: null, place: "U_o", message: "missing, but needed for h_t" },
      ]);
    }
  });
});
