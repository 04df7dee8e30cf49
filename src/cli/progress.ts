import type { Context } from "./context.ts";
import type { OutputOptions } from "./options.ts";

const PATIENCE = 1000;
const REFRESH = 100;
const WIDTH = 30;

/**
 * Shows how far some work is: a bar on stderr, `[#####-----] 50 % of the steps`, on a terminal only, and only once a second
 * has passed; -q silences it. It is gone when the work ends, well or with an error.
 * @param work tells so many of so many parts, and clears the line where something else is to be written: the next part
 * brings it back
 */
export async function withProgress<T>(
  noun: string,
  { quiet }: Pick<OutputOptions, "quiet">,
  { stderr }: Context,
  work: (report: (done: number, total: number) => void, clear: () => void) => T | Promise<T>,
  now: () => number = () => performance.now(),
): Promise<T> {
  if (quiet || !stderr.isTTY) return work(ignored, ignored);
  let next = now() + PATIENCE;
  let isShown = false;
  const report = (done: number, total: number) => {
    if (now() < next) return;
    next = now() + REFRESH;
    isShown = true;
    const filled = Math.floor((WIDTH * done) / total);
    const bar = `[${"#".repeat(filled)}${"-".repeat(WIDTH - filled)}]`;
    stderr.write(`\r${bar} ${Math.floor((100 * done) / total)} % of the ${noun}`);
  };
  const clear = () => {
    // erase the line: cursor to its start, then to its end nothing
    if (isShown) stderr.write("\r\x1b[K");
    isShown = false;
  };
  try {
    return await work(report, clear);
  } finally {
    clear();
  }
}

function ignored(): void {}
