/** A run that shares its lines among several jobs. */
import { statSync } from "node:fs";
import { misuse } from "../../errors.ts";
import type { Run } from "../context.ts";
import { blocksIn } from "../lines.ts";
import { say } from "../terminal.ts";
import { writeResult } from "../write.ts";
import type { Told } from "./part.ts";
import { byJobs } from "./pool.ts";

/** What a run with several jobs goes through, and how what comes of it is written. */
export interface Shared {
  /** Where the lines come from. */
  readonly path: string;
  /** Of a line. */
  readonly maxBytes: number;
  readonly jobs: number;
  readonly output?: string | undefined;
  /** What else is read, by each of them. */
  readonly files: readonly string[];
  /** What stands in front of it all. */
  readonly start?: string;
  readonly tell?: ((told: Told) => void) | undefined;
}

/**
 * Writes what comes of the lines, in their order, as one job would.
 * @returns the exit code: the largest of any job
 * @throws {DlstmError} usage, for another file that cannot be read twice; what a job throws.
 */
export async function writeByJobs(shared: Shared, { context, argv }: Run): Promise<number> {
  const { path, maxBytes, jobs, output, files, start = "", tell = () => undefined } = shared;
  for (const file of files) requireFile(file);
  let code = 0;
  const once = new Set<string>();
  async function* texts(): AsyncGenerator<string> {
    if (start !== "") yield start;
    const endWith = (found: number) => {
      code = Math.max(code, found);
    };
    for await (const { text, said, told } of byJobs(
      blocksIn(path, maxBytes, context),
      jobs,
      { argv, env: { ...context.env } },
      endWith,
    )) {
      told.forEach(tell);
      // what is said once of all lines, each job says
      if (said !== "" && !once.has(said)) say(said, context);
      once.add(said);
      if (text !== "") yield text;
    }
  }
  await writeResult(texts(), output, context, true);
  return code;
}

function requireFile(path: string): void {
  if (path !== "-" && statSync(path).isFile()) return;
  const what = path === "-" ? "with standard input for one cell, state or key" : `with ${path}, which can be read once`;
  throw misuse("--jobs", `${what}; expected a file, which each job reads`);
}
