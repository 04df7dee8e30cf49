/** Answers with a known mistake, rounded as students round: each mistake is named, and nothing else. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { Grader } from "../../src/grade/grade.ts";
import { cellKey } from "../../src/grade/key.ts";
import { parseCell } from "../../src/input/parse-cell.ts";

interface Labelled {
  readonly id: string;
  readonly kind: "mistake" | "handin" | "slip";
  readonly cell: string;
  readonly answer: unknown;
  readonly rounding: string;
  readonly label: string | null;
  readonly accept: Readonly<Record<string, readonly string[]>>;
  readonly decidable?: boolean | string;
}

const OWN = join(import.meta.dirname, "../../fixtures/grading");
const ALL = join(import.meta.dirname, "../../../shared/cases/grading");

function casesIn(file: string): Labelled[] {
  const lines = readFileSync(file, "utf8").trimEnd().split("\n");
  return lines.map((line) => JSON.parse(line) as Labelled).filter(({ kind }) => /^(mistake|handin|slip)$/.test(kind));
}

const graders = new Map<string, Grader>();

/** What is named wrongly in an answer, and whether its mistake is found. */
function judged({ cell, answer, accept, label, rounding }: Labelled, folder: string) {
  const file = join(folder, "cells", cell);
  const grader = graders.get(file) ?? new Grader(cellKey(parseCell(JSON.parse(readFileSync(file, "utf8")))));
  graders.set(file, grader);
  const { tests } = grader.grade(answer);
  const named = tests.flatMap(({ name, diagnosis }) => (diagnosis ? [{ name, diagnosis }] : []));
  const isRight = (one: { name: string; diagnosis: string }) =>
    one.diagnosis === label || (accept[one.name] ?? []).includes(one.diagnosis);
  const wrong = named.filter((one) => !isRight(one) && !(one.diagnosis === "too-few-digits" && rounding !== "full"));
  return { wrong, isFound: named.some(isRight), tests };
}

const own = casesIn(join(OWN, "labelled.jsonl"));

describe("a labelled answer", () => {
  test.each(own.map((one) => [one.id, one] as const))("%s", (_, one) => {
    const { wrong, isFound } = judged(one, OWN);
    expect(wrong).toEqual([]);
    expect(isFound).toBe(one.kind !== "slip");
  });

  test("with a named mistake has no other candidates", () => {
    const wrong = own.flatMap((one) => judged(one, OWN).tests).filter(({ status }) => status === "failed");
    expect(wrong.filter(({ diagnosis, candidates }) => diagnosis !== null && candidates !== undefined)).toEqual([]);
    expect(wrong.length).toBeGreaterThan(50);
  });

  test("of many wrong quantities has its mistake named once, and the rest follow from it", () => {
    const handIn = own.find(({ kind }) => kind === "handin")!;
    const wrong = judged(handIn, OWN).tests.filter(({ status }) => status === "failed");
    const [first, ...others] = wrong.filter(({ diagnosis }) => diagnosis !== "too-few-digits");
    expect(first).toMatchObject({ diagnosis: handIn.label, follows: null });
    expect(others.length).toBeGreaterThan(5);
    for (const one of others) expect(one).toMatchObject({ diagnosis: null, hint: null, follows: first.name });
  });
});

test.skipIf(!existsSync(ALL))("of all labelled answers at least 97 % are named, and none wrongly", () => {
  const [all, found] = [new Map<string, number>(), new Map<string, number>()];
  for (const one of casesIn(join(ALL, "given.jsonl"))) {
    const { wrong, isFound } = judged(one, ALL);
    expect(wrong, one.id).toEqual([]);
    if (one.kind === "slip" || one.decidable !== true) continue;
    all.set(one.rounding, (all.get(one.rounding) ?? 0) + 1);
    found.set(one.rounding, (found.get(one.rounding) ?? 0) + Number(isFound));
  }
  for (const [rounding, count] of all) expect(found.get(rounding)! / count, rounding).toBeGreaterThanOrEqual(0.97);
});
