import { quantities } from "../lstm/quantities.ts";
import { onceBy } from "../once.ts";
import type { Diagnosis } from "./diagnose.ts";
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

/** What a teacher wants to know of a class. */
export interface Summary {
  readonly answers: number;
  readonly passed: number;
  /** Answers that could not be read. */
  readonly unreadable: number;
  readonly mean_score: number;
  /** The mean of score/max_score. */
  readonly mean: number;
  readonly quantities: readonly QuantitySummary[];
  /** The commonest first. */
  readonly diagnoses: readonly DiagnosisSummary[];
}

/** The results of a class in figures; the quantities in the order in which tests come. */
export function summaryOf(results: readonly GradeResult[]): Summary {
  const mean = (of: (result: GradeResult) => number) =>
    results.reduce((sum, one) => sum + of(one), 0) / Math.max(1, results.length);
  return {
    answers: results.length,
    passed: results.filter(({ passed }) => passed).length,
    unreadable: results.filter(({ error }) => error !== null).length,
    mean_score: mean(({ score }) => score),
    mean: mean((result) => shareOf(result, result.passed)),
    quantities: quantitiesOf(results),
    diagnoses: diagnosesOf(results),
  };
}

function quantitiesOf(results: readonly GradeResult[]): QuantitySummary[] {
  const tests = new Map<string, GradeTest[]>(quantities().map(({ path }) => [path, []]));
  // what could not be graded at all has a test of another name, which comes last
  for (const test of results.flatMap((result) => result.tests)) {
    onceBy(tests, test.name, () => []).push(test);
  }
  return [...tests].flatMap(([name, own]) => {
    if (own.length === 0) return [];
    const sum = own.reduce((total, test) => total + shareOf(test, test.status === "passed"), 0);
    const passed = own.filter(({ status }) => status === "passed").length;
    return [{ name, answers: own.length, passed, mean: sum / own.length }];
  });
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
