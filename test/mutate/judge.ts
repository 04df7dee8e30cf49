import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import type { Report, Task } from "./runner.ts";

/** Tests of which none has ended for so long do not end. */
const PATIENCE_MS = 90_000;

/** Runs test files against mutants in a process of their own, which is killed where a mutant keeps a test from ending. */
export class Judge {
  #runner: ChildProcess | null = null;

  /** Those of the test files that fail; null where they do not end. */
  failing(task: Task): Promise<string[] | null> {
    this.#runner ??= fork(join(import.meta.dirname, "runner.js"));
    const runner = this.#runner;
    return new Promise((resolve, reject) => {
      const settle = (failed: string[] | null) => {
        clearTimeout(timer);
        runner.removeAllListeners();
        resolve(failed);
      };
      const timer = setTimeout(() => {
        this.stop();
        settle(null);
      }, PATIENCE_MS);
      runner.on("message", (report: Report) => {
        if (typeof report === "string") timer.refresh();
        else settle(report);
      });
      runner.on("exit", (code) => reject(new Error(`the process that runs the tests ended with ${code}`)));
      runner.send(task);
    });
  }

  stop(): void {
    this.#runner?.removeAllListeners();
    this.#runner?.kill("SIGKILL");
    this.#runner = null;
  }
}
