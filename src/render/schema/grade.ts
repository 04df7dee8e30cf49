/** The schema of what `grade` prints. */
import * as z from "zod/mini";
import type { Problem } from "../../errors.ts";
import type { GradeResult, GradeTest } from "../../grade/result.ts";
import type { Summary } from "../../grade/summary.ts";
import { count, schemaOf, text } from "./parts.ts";

const number = z.number();
const orNull = z.nullable(text);
const size = z.nullable(count);
const worst = z.strictObject({
  ...{ row: size, column: size, answer: z.nullable(number), expected: z.nullable(number) },
});

// codes and diagnoses are texts here, so that a new one is no new schema
type Open<T, K extends keyof T> = { readonly [P in keyof T]: P extends K ? string | Extract<T[P], null> : T[P] };

const test = z.strictObject({
  ...{ name: text, score: number, max_score: number, status: z.enum(["passed", "failed"]), message: text },
  ...{ diagnosis: orNull, follows: orNull, candidates: z.optional(z.array(text)), hint: orNull },
  ...{
    worst: z.nullable(worst),
    right: count,
    entries: count,
    map: z.nullable(z.array(text)),
    followed: z.array(text),
    seen: z.optional(z.union([z.strictObject({ decimals: count }), z.strictObject({ digits: count })])),
  },
});
schemaOf<Omit<Open<GradeTest, "diagnosis">, "candidates" | "seen">>()(z.omit(test, { candidates: true, seen: true }));
const error = schemaOf<Open<Problem, "code">>()(
  z.strictObject({ code: text, file: orNull, place: orNull, message: text }),
);

const result = z.strictObject({
  ...{ version: z.literal(1), hidden_size: size, input_size: size, score: number, max_score: number },
  ...{ passed: z.boolean(), graded: z.enum(["required", "held"]), gradable: z.boolean() },
  ...{ first_wrong: orNull, notes: z.array(text) },
  ...{ error: z.nullable(error), tests: z.array(test).check(z.minLength(1)) },
});
schemaOf<Omit<GradeResult, "error" | "tests">>()(z.omit(result, { error: true, tests: true }));

const quantity = z.strictObject({ name: text, answers: count, passed: count, mean: number });
const diagnosis = z.strictObject({ diagnosis: text, answers: count, quantities: count });
const bin = z.strictObject({ from: number, to: number, answers: count });
const hard = z.strictObject({ name: text, row: size, column: size, wrong: count, answers: count });
const summary = z.strictObject({
  ...{ answers: count, passed: count, unreadable: count, mean_score: number, median_score: number, mean: number },
  ...{ max_score: z.nullable(number), histogram: z.array(bin), hardest: z.array(hard) },
  ...{ quantities: z.array(quantity), diagnoses: z.array(diagnosis) },
});
schemaOf<Omit<Summary, "diagnoses">>()(z.omit(summary, { diagnoses: true }));

/** Of one answer, of a line of them, and of a class. */
export const GRADES = {
  grade: result,
  "grade --ndjson": z.extend(result, { line: count }),
  "grade of several": z.strictObject({
    answers: z.array(z.extend(result, { file: text })),
    summary: z.exactOptional(summary),
  }),
  "grade --summary": z.strictObject({ summary }),
};
