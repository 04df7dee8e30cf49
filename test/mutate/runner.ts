/** The process that runs test files against mutants, in one thread for all of them; no file of the project changes. */
import { join, relative } from "node:path";
import { createVitest } from "vitest/node";
import { apply, type Mutant } from "./mutants.ts";

/** What is to run, and after how many failures it may end: 0 for all. */
export interface Task {
  readonly mutant: Mutant | null;
  readonly tests: readonly string[];
  readonly bail: 0 | 1;
}

/** After every test, so that the {@link Judge} knows that tests end; an array is what {@link failing} found. */
export type Report = "a test ended" | string[];

const send = (report: Report) => void process.send?.(report);
let active: Mutant | null = null;

const mutate = (code: string, id: string) =>
  active !== null && id.endsWith(`/${active.file}`) ? apply(active, code) : null;
const oneThread = { pool: "threads", isolate: false, fileParallelism: false, maxWorkers: 1 } as const;
const reporters = [{ onTestCaseResult: () => send("a test ended") }];
const vitest = await createVitest(
  "test",
  { config: ".vitest.config.js", watch: false, ...oneThread, reporters },
  { plugins: [{ name: "mutate", enforce: "pre", transform: mutate }] },
);

/** Those of the test files that fail. */
async function failing({ mutant, tests, bail }: Task): Promise<string[]> {
  const { root } = vitest.config;
  vitest.config.bail = bail;
  for (const changed of [active, mutant]) if (changed) vitest.invalidateFile(join(root, changed.file));
  active = mutant;
  const { testModules } = await vitest.runTestSpecifications(
    tests.map((test) => vitest.projects[0].createSpecification(join(root, test))),
  );
  // vitest tells of every test file that it has ever run
  const failed = testModules.filter((module) => !module.ok()).map(({ moduleId }) => relative(root, moduleId));
  return failed.filter((test) => tests.includes(test));
}

process.on("message", async (task: Task) => send(await failing(task)));
