/** A run that shares its lines or its files among several jobs. */
import { statSync } from "node:fs";
import { misuse } from "../../errors.ts";
import type { Run } from "../context.ts";
import { say } from "../terminal.ts";
import { writeResult } from "../write.ts";
import type { Block, Done, Told } from "./part.ts";
import { byJobs } from "./pool.ts";

/** What a run with several jobs goes through. */
export interface Shared {
  readonly blocks: AsyncIterable<Block>;
  readonly jobs: number;
  /** What each of them reads beside these. */
  readonly files: readonly string[];
}

/** How what comes of it is written. */
export interface Written {
  readonly output?: string | undefined;
  /** What stands in front of it all. */
  readonly start?: string;
  /** What stands between what comes of two blocks. */
  readonly between?: string | undefined;
  readonly tell?: ((told: Told) => void) | undefined;
}

/**
 * Writes what comes of the blocks, in their order, as one job would.
 * @returns the exit code: the largest of any job
 * @throws {DlstmError} usage, for another file that cannot be read twice; what a job throws.
 */
export async function writeByJobs(shared: Shared, written: Written, run: Run): Promise<number> {
  const { output, start = "", between = "", tell = () => undefined } = written;
  let code = 0;
  const endWith = (found: number) => {
    code = Math.max(code, found);
  };
  async function* texts(): AsyncGenerator<string> {
    let isFirst = true;
    if (start !== "") yield start;
    for await (const { text, told } of doneInOrder(shared, endWith, run)) {
      told.forEach(tell);
      if (text === "") continue;
      yield isFirst ? text : between + text;
      isFirst = false;
    }
  }
  await writeResult(texts(), output, run.context, true);
  return code;
}

/** What comes of the blocks, in their order, once what is said of them is said. */
export async function* doneInOrder(
  { blocks, jobs, files }: Shared,
  endWith: (code: number) => void,
  run: Run,
): AsyncGenerator<Done> {
  for (const file of files) requireFile(file);
  const once = new Set<string>();
  for await (const done of byJobs(blocks, jobs, run, endWith)) {
    // what is said once of all lines, each job says
    if (done.said !== "" && !once.has(done.said)) say(done.said, run.context);
    once.add(done.said);
    yield done;
  }
}

/** So many files, of which each job knows the list. */
export async function* filesToShare(count: number): AsyncGenerator<Block> {
  for (let k = 0; k < count; k++) yield { before: k, lines: [] };
}

function requireFile(path: string): void {
  if (path !== "-" && !isStream(path)) return;
  const what = path === "-" ? "with standard input beside what the jobs share" : `with ${path}, which can be read once`;
  throw misuse("--jobs", `${what}; expected a file, which each job reads`);
}

/** A pipe or a device; what is no file at all is told in its place. */
function isStream(path: string): boolean {
  try {
    const status = statSync(path);
    return !status.isFile() && !status.isDirectory();
  } catch {
    return false;
  }
}
