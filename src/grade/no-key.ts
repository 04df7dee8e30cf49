import type { DlstmError } from "../errors.ts";
import { NOTHING } from "./finding.ts";
import { fractionOf } from "./fraction.ts";
import { askedFor, DEFAULT_OPTIONS, type GradeOptions } from "./options.ts";
import { scored, totals } from "./report.ts";
import type { GradeResult } from "./result.ts";

/**
 * The zero of a student for whom there is no key to grade by: nothing of the answer is looked at.
 * @throws {DlstmError} usage, as {@link askedFor}.
 */
export function withoutKey(error: DlstmError, options: Partial<GradeOptions> = {}): GradeResult {
  const whole = { ...DEFAULT_OPTIONS, ...options };
  const { required, pointsOf } = askedFor(whole, null);
  const asked = required?.map((quantity) => ({ name: quantity.path, points: pointsOf(quantity) }));
  const zero = { ...NOTHING, entries: 0, message: "there is no key to grade it by" };
  const tests = (asked ?? [{ name: "answer", points: fractionOf(1) }]).map((one) => scored({ ...one, ...zero }, whole));
  return {
    ...{ version: 1, hidden_size: null, input_size: null, ...totals(tests), passed: false },
    ...{ graded: required === null ? "held" : "required", gradable: false, first_wrong: tests[0].test.name },
    ...{ notes: [], error: error.problems[0], tests: tests.map(({ test }) => test) },
  };
}
