import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { runMain } from "../../helpers/run.ts";
import { CELL, folder, RIGHT, WRONG } from "./ask.ts";

describe("-o of grade", () => {
  test("writes the whole, or leaves what was there", async () => {
    const target = join(folder, "results.json");
    expect((await runMain(["grade", CELL, WRONG, "--format", "gradescope", "-o", target])).status).toBe(1);
    const before = JSON.parse(readFileSync(target, "utf8"));
    expect(before.tests).toHaveLength(11);
    expect((await runMain(["grade", "nope.json", WRONG, "--format", "gradescope", "-o", target])).status).toBe(2);
    expect(JSON.parse(readFileSync(target, "utf8"))).toEqual(before);
  });

  test("leaves nothing behind in a folder that does not exist", async () => {
    const target = join(folder, "none", "results.json");
    expect((await runMain(["grade", CELL, RIGHT, "-o", target])).status).toBe(2);
    expect(existsSync(target)).toBe(false);
    expect(readdirSync(folder).filter((name) => name.includes(".tmp"))).toEqual([]);
  });
});

test("a grade on a terminal is coloured, and in a file never", async () => {
  const target = join(folder, "table.txt");
  const env = { TERM: "xterm-256color", LANG: "C.UTF-8" };
  expect((await runMain(["grade", CELL, WRONG], { columns: 80, env })).stdout).toContain("\u001b[31m");
  await runMain(["grade", CELL, WRONG, "-o", target], { columns: 80, env });
  expect(readFileSync(target, "utf8")).not.toContain("\u001b");
});
