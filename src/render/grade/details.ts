/** What is said of a test and of an answer, in words: the same in every format that people read. */
import { describeProblem } from "../../errors.ts";
import type { GradeResult, GradeTest, Worst } from "../../grade/result.ts";

/** The lines about one quantity: what is wrong, the worst entry, and which mistake it was. */
export function detailsOf(test: GradeTest): string[] {
  const { message, worst } = test;
  return [message, ...(worst === null ? [] : [`worst entry: ${describeWorst(worst)}`]), ...mistakeOf(test)];
}

/** The same and its map, as one text. */
export function outputOf(test: GradeTest): string {
  return [...detailsOf(test), ...mapOf(test)].join("\n");
}

/** `transposed: Which index is the output …`, as much of it as the teacher lets out, or where the mistake stands. */
export function mistakeOf({ diagnosis, hint, follows }: GradeTest): string[] {
  if (follows !== null) return [`follows from the mistake in ${follows}`];
  return diagnosis === null ? [] : [hint === null ? diagnosis : `${diagnosis}: ${hint}`];
}

/** The map of a matrix of which some entries are right and some wrong. */
export function mapOf({ map }: GradeTest): readonly string[] {
  return map !== null && map.length > 1 ? map : [];
}

/** What concerns the answer as a whole: why it could not be read, what was passed over, and what was asked of it. */
export function remarksOf(result: GradeResult): string[] {
  const { error, notes, gradable, graded } = result;
  const problem = error === null ? [] : [describeProblem(error)];
  return [...problem, ...notes, ...(gradable && graded === "held" ? ["graded is what the answer holds"] : [])];
}

/** Why an answer is not gradable: it could not be read, or holds nothing that is asked for. */
export function reasonsOf(result: GradeResult): string[] {
  if (result.error !== null) return remarksOf(result);
  const names = result.tests.map(({ name }) => name).join(", ");
  const expected = result.graded === "required" ? `, expected ${names}` : "";
  return [`nothing in it can be graded${expected}`, ...remarksOf(result)];
}

/** `1 of 1 point`, `0.5 of 2 points` */
export function pointsOf({ score, max_score }: Pick<GradeResult, "score" | "max_score">): string {
  return `${shortNumber(score)} of ${shortNumber(max_score)} ${max_score === 1 ? "point" : "points"}`;
}

/** A score as people read it: 5 digits behind the point at most. */
export function shortNumber(score: number): string {
  return String(Number(score.toFixed(5)));
}

/** `[1][0] is 0.33257, expected -0.274541` */
function describeWorst({ row, column, answer, expected }: Worst): string {
  const place = [row, column].map((k) => (k === null ? "" : `[${k}]`)).join("") || "it";
  const [given, right] = distinctTexts(answer, expected);
  return `${place} is ${given ?? "no number"}${right === null ? "" : `, expected ${right}`}`;
}

const FEWEST = 6;
const MOST = 17;

/** Both numbers in as few digits as tell them apart. */
function distinctTexts(a: number | null, b: number | null): [string | null, string | null] {
  for (let digits = FEWEST; ; digits++) {
    const texts = [a, b].map((x) => (x === null ? null : String(Number(x.toPrecision(digits)))));
    if (texts[0] !== texts[1] || digits === MOST) return [texts[0], texts[1]];
  }
}
