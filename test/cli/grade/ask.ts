/** Answers in files, and what `grade` says of them. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { GradeResult } from "../../../src/grade/result.ts";
import type { Summary } from "../../../src/grade/summary.ts";
import { run, runMain, temporaryFolder } from "../../helpers/run.ts";

export const CELL = "fixtures/homework6.json";
/** For the files of the tests that import this; gone after them. */
export const folder = temporaryFolder();

/** A file with an answer, or with bytes that are none. */
export function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, content instanceof Uint8Array || typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

let folders = 0;

/** A new folder with these files; null for a folder without any. */
export function handedIn(files: Readonly<Record<string, unknown>>): string {
  folders += 1;
  const root = join(folder, `class-${folders}`);
  mkdirSync(root);
  for (const [name, content] of Object.entries(files)) {
    const path = join(root, name);
    mkdirSync(content === null ? path : dirname(path), { recursive: true });
    if (content !== null) writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  }
  return root;
}

/** What `grade` prints as JSON. */
export async function grade(args: readonly string[], input = "") {
  const { stdout, stderr, status } = await runMain(["grade", ...args, "--json"], { input });
  return { stderr, status, result: stdout === "" ? null : (JSON.parse(stdout) as GradeResult) };
}

/** What is printed of several answers. */
export interface Class {
  readonly answers: (GradeResult & { file: string })[];
  readonly summary?: Summary;
}

/** As {@link grade}, of several answers. */
export async function gradeClass(args: readonly string[]) {
  const { result, ...rest } = await grade(args);
  return { ...rest, result: result as unknown as Class };
}

export const right = JSON.parse(run([CELL, "--json"]).stdout) as { gates: { f: number[] }; h_t: number[] };
export const RIGHT = file("right.json", right);
export const WRONG = file("wrong.json", { ...right, h_t: [right.h_t[0], 0.5] });
