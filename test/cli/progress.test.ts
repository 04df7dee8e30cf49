import { describe, expect, test } from "vitest";
import { startProgress, withProgress } from "../../src/cli/progress.ts";
import { runMain } from "../helpers/run.ts";

/** A context whose stderr keeps what is written. */
function contextOf(isTTY: boolean) {
  const written: string[] = [];
  const stderr = { isTTY, write: (text: string) => written.push(text) };
  return { written, context: { stderr } as unknown as Parameters<typeof startProgress>[2] };
}

/** A clock that is set by hand. */
function clock() {
  let time = 0;
  return Object.assign(() => time, {
    set(to: number) {
      time = to;
    },
  });
}

describe("startProgress", () => {
  test("shows nothing for a second, then a bar, and takes it away at the end", () => {
    const { written, context } = contextOf(true);
    const now = clock();
    const progress = startProgress("steps", {}, context, now);
    now.set(999);
    progress.report(9, 100);
    expect(written).toEqual([]);
    now.set(1000);
    progress.report(10, 100);
    expect(written).toEqual([`\r[###${"-".repeat(27)}] 10 % of the steps`]);
    progress.clear();
    expect(written[1]).toBe("\r\u001b[K");
  });

  test("draws at most ten times a second, and a full bar at the last part", () => {
    const { written, context } = contextOf(true);
    const now = clock();
    const progress = startProgress("steps", {}, context, now);
    for (let time = 0; time <= 3000; time++) {
      now.set(time);
      progress.report(time, 3000);
    }
    expect(written).toHaveLength(21);
    expect(written.at(-1)).toBe(`\r[${"#".repeat(30)}] 100 % of the steps`);
    // a line that grows overwrites the one before it
    expect(written.map((line) => line.length)).toEqual(written.map((line) => line.length).toSorted((a, b) => a - b));
  });

  test("leaves a run of less than a second without a trace", () => {
    const { written, context } = contextOf(true);
    const progress = startProgress("steps", {}, context, clock());
    progress.report(1, 2);
    progress.clear();
    expect(written).toEqual([]);
  });

  test.each([
    ["in a pipe", false, {}],
    ["with -q", true, { quiet: true } as const],
  ])("shows nothing %s", (_, isTTY, options) => {
    const { written, context } = contextOf(isTTY);
    const now = clock();
    const progress = startProgress("steps", options, context, now);
    now.set(5000);
    progress.report(1, 2);
    progress.clear();
    expect(written).toEqual([]);
  });
});

describe("withProgress", () => {
  test("hands the work's result on", async () => {
    expect(await withProgress("steps", {}, contextOf(true).context, () => 7)).toBe(7);
  });

  test("takes the bar away before an error is told", async () => {
    const { written, context } = contextOf(true);
    const now = clock();
    const work = (report: (done: number, total: number) => void) => {
      now.set(2000);
      report(1, 2);
      throw new Error("told after it");
    };
    await expect(withProgress("steps", {}, context, work, now)).rejects.toThrow("told after it");
    expect(written).toEqual([expect.stringContaining("50 %"), "\r\u001b[K"]);
  });
});

test("a sequence that takes no second shows no progress on a terminal", async () => {
  const { stderr } = await runMain(["sequence", "fixtures/sequence.json"], { columns: 80, env: { LANG: "C.UTF-8" } });
  expect(stderr).toBe("");
});
