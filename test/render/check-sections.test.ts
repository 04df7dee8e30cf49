import { describe, expect, test } from "vitest";
import { checkCaptions, checkSection } from "../../src/render/check-sections.ts";
import type { CheckResult } from "../../src/verify/result.ts";
import type { Quantity } from "../../src/verify/verdict.ts";

const quantity = (more: Partial<Quantity> = {}): Quantity => ({
  ...{ of: "f", wrt: "h_prev", entries: 4, max_abs_error: 1e-17, max_rel_error: 1e-16, max_ulp: 0.5, max_share: 0.1 },
  worst: { row: 1, column: 0, closed_form: 0.25, reference: 0.5 },
  passed: true,
  ...more,
});

const result = (quantities: Quantity[], more: Partial<CheckResult> = {}): CheckResult => ({
  ...{ version: 1, hidden_size: 2, input_size: null },
  passed: quantities.every(({ passed }) => passed),
  quantities,
  ...more,
});

const labelsOf = (of: CheckResult) => checkSection(of).columns.map(({ label }) => label);

describe("checkSection", () => {
  test("has a row a quantity, marked where it failed", () => {
    const { rows, rowLabel, columns } = checkSection(
      result([quantity(), quantity({ of: "loss", wrt: "U_f", passed: false })]),
    );
    expect([rows, rowLabel(0), rowLabel(1)]).toEqual([2, "∂f_t/∂h_{t-1}", "! ∂L/∂U_f"]);
    expect(columns.map(({ at }) => at(0))).toEqual([4, 0.5, 1e-16, 0.1, 1, 0]);
  });

  test("names the state that a gradient is by as backward does: h_{t-1} of a step, h_0 of a sequence", () => {
    const byState = quantity({ of: "loss", wrt: "h_prev" });
    const label = (quantities: Quantity[]) => checkSection(result(quantities)).rowLabel(0);
    expect(label([byState])).toBe("∂L/∂h_{t-1}");
    expect(label([byState, quantity({ of: "loss", wrt: "x" })])).toBe("∂L/∂h_0");
    expect(label([byState, quantity({ of: "c_T", wrt: "h_0" })])).toBe("∂L/∂h_0");
  });

  test("has a column of steps only along a sequence", () => {
    expect(labelsOf(result([quantity()]))).not.toContain("t");
    const along = result([quantity({ worst: { t: 3, row: 0, column: 1, reference: 0 } }), quantity()]);
    expect(labelsOf(along)).toContain("t");
    const t = checkSection(along).columns.find(({ label }) => label === "t");
    expect([t?.at(0), t?.at(1)]).toEqual([3, null]);
  });

  test("leaves out the column of a vector, and the relative error of a missed zero", () => {
    const { columns } = checkSection(
      result([quantity({ max_rel_error: null, worst: { row: 0, column: null, reference: 0 } })]),
    );
    const at = (label: string) => columns.find((column) => column.label === label)?.at(0);
    expect([at("relative"), at("column"), at("row")]).toEqual([null, null, 0]);
  });

  test("names what the error is a share of", () => {
    expect(labelsOf(result([quantity()]))).toContain("of promise");
    expect(labelsOf(result([quantity()], { tolerance: 1e-6 }))).toContain("of tolerance");
  });
});

describe("checkCaptions", () => {
  test("counts the entries that passed, and says where only some columns were looked at", () => {
    expect(checkCaptions(result([quantity(), quantity()]))).toEqual(["passed: 8 entries within the numerical promise"]);
    expect(checkCaptions(result([quantity()], { sampled_columns: 3 }))[0]).toContain("3 columns sampled");
  });

  test("tells of each failure what stands there and what should", () => {
    const failed = { passed: false, worst: { t: 2, row: 1, column: 0, closed_form: 0.25, reference: 0.5 } };
    const answer = { passed: false, of: "loss", wrt: "b_f", worst: { row: 1, column: null, answer: 3, reference: 4 } };
    expect(checkCaptions(result([quantity(), quantity(failed), quantity(answer)], { tolerance: 0.001 }))).toEqual([
      "failed: ∂f_t/∂h_{t-1}[1][0] at t = 2 is 0.25, expected 0.5",
      "failed: ∂L/∂b_f[1] is 3, expected 4",
      "2 of 3 derivatives failed, by 0.001 of the row's largest entry",
    ]);
  });
});
