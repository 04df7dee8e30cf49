import { describe, expect, test } from "vitest";
import { withProgress } from "../../src/cli/progress.ts";
import { runMain } from "../helpers/run.ts";

/** A context whose stderr keeps what is written. */
function contextOf(isTTY: boolean) {
  const written: string[] = [];
  const stderr = { isTTY, write: (text: string) => written.push(text) };
  return { written, context: { stderr } as unknown as Parameters<typeof withProgress>[2] };
}

type Report = (done: number, total: number) => void;

/** A clock that is set by hand. */
function clock() {
  let time = 0;
  return Object.assign(() => time, {
    set(to: number) {
      time = to;
    },
  });
}

describe("withProgress", () => {
  test("shows nothing for a second, then a bar, and takes it away at the end", async () => {
    const { written, context } = contextOf(true);
    const now = clock();
    const work = (report: Report) => {
      now.set(999);
      report(9, 100);
      expect(written).toEqual([]);
      now.set(1000);
      report(10, 100);
      expect(written).toEqual([`\r[###${"-".repeat(27)}] 10 % of the steps`]);
    };
    await withProgress("steps", {}, context, work, now);
    expect(written).toHaveLength(2);
    expect(written[1]).toBe("\r\u001b[K");
  });

  test("takes the bar away where the work clears it, until the next part", async () => {
    const { written, context } = contextOf(true);
    const now = clock();
    const work = (report: Report, clear: () => void) => {
      now.set(1000);
      report(1, 4);
      clear();
      clear();
      now.set(2000);
      report(2, 4);
    };
    await withProgress("steps", {}, context, work, now);
    const [quarter, half] = [expect.stringContaining("25 %"), expect.stringContaining("50 %")];
    expect(written).toEqual([quarter, "\r\u001b[K", half, "\r\u001b[K"]);
  });

  test("draws at most ten times a second, and a full bar at the last part", async () => {
    const { written, context } = contextOf(true);
    const now = clock();
    const work = (report: Report) => {
      for (let time = 0; time <= 3000; time++) {
        now.set(time);
        report(time, 3000);
      }
    };
    await withProgress("steps", {}, context, work, now);
    expect(written.pop()).toBe("\r\u001b[K");
    expect(written).toHaveLength(21);
    expect(written.at(-1)).toBe(`\r[${"#".repeat(30)}] 100 % of the steps`);
    // a line that grows overwrites the one before it
    expect(written.map((line) => line.length)).toEqual(written.map((line) => line.length).toSorted((a, b) => a - b));
  });

  test("leaves a run of less than a second without a trace", async () => {
    const { written, context } = contextOf(true);
    await withProgress("steps", {}, context, (report) => report(1, 2), clock());
    expect(written).toEqual([]);
  });

  test.each([
    ["in a pipe", false, {}],
    ["with -q", true, { quiet: true } as const],
  ])("shows nothing %s", async (_, isTTY, options) => {
    const { written, context } = contextOf(isTTY);
    const now = clock();
    const work = (report: Report, clear: () => void) => {
      now.set(5000);
      report(1, 2);
      clear();
    };
    await withProgress("steps", options, context, work, now);
    expect(written).toEqual([]);
  });

  test("hands the work's result on", async () => {
    expect(await withProgress("steps", {}, contextOf(true).context, () => 7)).toBe(7);
  });

  test("takes the bar away before an error is told", async () => {
    const { written, context } = contextOf(true);
    const now = clock();
    const work = (report: Report) => {
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
