import { describe, expect, test } from "vitest";
import { verdictHtml } from "../../../src/render/report/verdict.ts";
import type { CheckResult } from "../../../src/verify/result.ts";
import { contentOf, example } from "../../helpers/report.ts";

const check = contentOf(example(2)).check as CheckResult;

describe("verdictHtml", () => {
  test("says that every derivative passed, with how many entries", () => {
    const entries = check.quantities.reduce((sum, quantity) => sum + quantity.entries, 0);
    expect(verdictHtml(check, 6)).toContain(`✓</strong> passed: ${entries} entries within the numerical promise`);
    expect(verdictHtml(check, 6)).not.toContain("✗");
  });

  test("names a planted failure and its entry", () => {
    const [first, ...rest] = check.quantities;
    const failed = { ...first!, passed: false, worst: { row: 1, column: 0, closed_form: 0.5, reference: 0.25 } };
    const html = verdictHtml({ ...check, passed: false, quantities: [failed, ...rest] }, 6);
    expect(html).toContain("✗</strong> failed: ∂f<sub>t</sub>/∂h<sub>t−1</sub>[1][0] is 0.5, expected 0.25");
    expect(html).not.toContain("✓");
  });

  test("gives the reason where nobody looked", () => {
    expect(verdictHtml("too <long>", 6)).toBe("<p class=note>too &lt;long&gt;</p>");
  });
});
