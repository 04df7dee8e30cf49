import { join, relative } from "node:path";
import { createVitest, type Vitest } from "vitest/node";
import { apply, type Mutant } from "./mutants.ts";

/** Tests of which none has ended for so long do not end. */
const PATIENCE_MS = 90_000;

/** Runs test files against a mutant: in one process and one thread for all of them, and no file of the project changes. */
export class Judge {
  #vitest: Vitest | null = null;
  #active: Mutant | null = null;
  #timer: NodeJS.Timeout | undefined;

  /** Those of the test files that fail, to the first if `bail` is 1; null where they do not end. */
  async failing(mutant: Mutant | null, tests: readonly string[], bail: 0 | 1): Promise<string[] | null> {
    const vitest = await this.#start();
    const { root } = vitest.config;
    vitest.config.bail = bail;
    for (const changed of [this.#active, mutant]) if (changed) vitest.invalidateFile(join(root, changed.file));
    this.#active = mutant;
    const running = vitest.runTestSpecifications(
      tests.map((test) => vitest.projects[0].createSpecification(join(root, test))),
    );
    const late = new Promise<null>((resolve) => {
      this.#timer = setTimeout(resolve, PATIENCE_MS, null);
    });
    const outcome = await Promise.race([running, late]);
    clearTimeout(this.#timer);
    if (outcome === null) await this.stop();
    // vitest tells of every test file that it has ever run
    const failed = outcome?.testModules
      .filter((module) => !module.ok())
      .map(({ moduleId }) => relative(root, moduleId));
    return failed?.filter((test) => tests.includes(test)) ?? null;
  }

  /** Ends the thread, whatever it is at. */
  async stop(): Promise<void> {
    await this.#vitest?.close();
    this.#vitest = null;
  }

  async #start(): Promise<Vitest> {
    const mutate = (code: string, id: string) =>
      this.#active !== null && id.endsWith(`/${this.#active.file}`) ? apply(this.#active, code) : null;
    const oneThread = { pool: "threads", isolate: false, fileParallelism: false, maxWorkers: 1 } as const;
    const reporters = [{ onTestCaseResult: () => void this.#timer?.refresh() }];
    const options = { config: ".vitest.config.js", watch: false, teardownTimeout: 1000, ...oneThread, reporters };
    const plugins = [{ name: "mutate", enforce: "pre", transform: mutate } as const];
    this.#vitest ??= await createVitest("test", options, { plugins });
    return this.#vitest;
  }
}
