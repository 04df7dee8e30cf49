import type { Context } from "./context.ts";
import type { OutputOptions } from "./options.ts";

/** Shows how far some work is, and takes the line away when it ends, well or with an error. */
export async function withProgress<T>(
  noun: string,
  options: Pick<OutputOptions, "quiet">,
  context: Context,
  work: (report: ProgressLine["report"], clear: ProgressLine["clear"]) => T | Promise<T>,
  now?: () => number,
): Promise<T> {
  const progress = startProgress(noun, options, context, now);
  try {
    return await work(progress.report, progress.clear);
  } finally {
    progress.clear();
  }
}

/** What a run shows while it works: nothing in a pipe, and nothing before a second has passed. */
export interface ProgressLine {
  /** So many of so many parts are done. */
  report(done: number, total: number): void;
  /** Takes the line away, at the end or where something else is to be written; the next report brings it back. */
  clear(): void;
}

const PATIENCE = 1000;
const REFRESH = 100;
const WIDTH = 30;

/** A bar on stderr, `[#####-----] 50 % of the steps`, on a terminal only; -q silences it. */
export function startProgress(
  noun: string,
  { quiet }: Pick<OutputOptions, "quiet">,
  { stderr }: Context,
  now: () => number = () => performance.now(),
): ProgressLine {
  if (quiet || !stderr.isTTY) return { report: () => undefined, clear: () => undefined };
  let next = now() + PATIENCE;
  let isShown = false;
  return {
    report(done, total) {
      if (now() < next) return;
      next = now() + REFRESH;
      isShown = true;
      const filled = Math.floor((WIDTH * done) / total);
      stderr.write(
        `\r[${"#".repeat(filled)}${"-".repeat(WIDTH - filled)}] ${Math.floor((100 * done) / total)} % of the ${noun}`,
      );
    },
    clear() {
      // erase the line: cursor to its start, then to its end nothing
      if (isShown) stderr.write("\r\x1b[K");
      isShown = false;
    },
  };
}
