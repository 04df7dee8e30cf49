import { quantities } from "../lstm/quantities.ts";
import { onceBy } from "../once.ts";
import type { Diagnosis } from "./diagnose.ts";
import { type HardEntry, hardestEntries } from "./hardest-entries.ts";
import { type Bin, histogramOf, medianOf } from "./histogram.ts";
import type { GradeResult, GradeTest } from "./result.ts";

/** How a quantity went in a class. */
export interface QuantitySummary {
  readonly name: string;
  /** Answers in which it was graded. */
  readonly answers: number;
  readonly passed: number;
  /** The mean of score/max_score; of what is worth nothing, the share that passed. */
  readonly mean: number;
}

/** How often a mistake was recognised. */
export interface DiagnosisSummary {
  readonly diagnosis: Diagnosis;
  /** Answers with at least one quantity of this diagnosis. */
  readonly answers: number;
  readonly quantities: number;
}

/** What a teacher wants to know of a class. Nothing in it tells whose answers they are. */
export interface Summary {
  readonly answers: number;
  readonly passed: number;
  /** Answers that could not be read. */
  readonly unreadable: number;
  readonly mean_score: number;
  readonly median_score: number;
  /** What all answers could earn; null where some could earn more than others. */
  readonly max_score: number | null;
  /** The mean of score/max_score. */
  readonly mean: number;
  readonly histogram: readonly Bin[];
  readonly quantities: readonly QuantitySummary[];
  /** The commonest first. */
  readonly diagnoses: readonly DiagnosisSummary[];
  /** Those that most have wrong first. */
  readonly hardest: readonly HardEntry[];
}

/** The results of a class in figures; the quantities in the order in which tests come. */
export function summaryOf(results: readonly GradeResult[]): Summary {
  const mean = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  const scores = results.map(({ score }) => score);
  const shares = results.map((result) => shareOf(result, result.passed));
  const [max_score = null, ...others] = new Set(results.map((result) => result.max_score));
  const tests = byQuantity(results);
  return {
    answers: results.length,
    passed: results.filter(({ passed }) => passed).length,
    unreadable: results.filter(({ error }) => error !== null).length,
    mean_score: mean(scores),
    median_score: medianOf(scores),
    max_score: others.length === 0 ? max_score : null,
    mean: mean(shares),
    histogram: histogramOf(shares),
    quantities: [...tests].map(([name, own]) => quantityOf(name, own)),
    diagnoses: diagnosesOf(results),
    hardest: hardestEntries(tests),
  };
}

/** The tests of a class by their names, in the order in which tests come. */
function byQuantity(results: readonly GradeResult[]): ReadonlyMap<string, readonly GradeTest[]> {
  const tests = new Map<string, GradeTest[]>(quantities().map(({ path }) => [path, []]));
  // what could not be graded at all has a test of another name, which comes last
  for (const result of results) {
    for (const test of result.tests) onceBy(tests, test.name, (): GradeTest[] => []).push(test);
  }
  return new Map([...tests].filter(([, own]) => own.length > 0));
}

function quantityOf(name: string, own: readonly GradeTest[]): QuantitySummary {
  const sum = own.reduce((total, test) => total + shareOf(test, test.status === "passed"), 0);
  const passed = own.filter(({ status }) => status === "passed").length;
  return { name, answers: own.length, passed, mean: sum / own.length };
}

function diagnosesOf(results: readonly GradeResult[]): DiagnosisSummary[] {
  const byAnswer = results.map(({ tests }) => tests.flatMap(({ diagnosis }) => diagnosis ?? []));
  const all = byAnswer.flat();
  return [...new Set(all)]
    .map((diagnosis) => ({
      diagnosis,
      answers: byAnswer.filter((own) => own.includes(diagnosis)).length,
      quantities: all.filter((one) => one === diagnosis).length,
    }))
    .sort((a, b) => b.answers - a.answers || b.quantities - a.quantities);
}

/** The share of the points that was earned. */
export function shareOf({ score, max_score }: { score: number; max_score: number }, passed: boolean): number {
  return max_score > 0 ? score / max_score : Number(passed);
}
