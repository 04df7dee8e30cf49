import { statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT, run, runMain } from "../helpers/run.ts";

test.each(["/dev/null/cache", "package.json"])(
  "a cache directory for compiled code that cannot be used does not show: %s",
  (cache) => {
    const { stdout, stderr, status } = run(["sigmoid", "0", "--json"], { env: { NODE_COMPILE_CACHE: cache } });
    expect(stdout).toBe('{"version":1,"values":[{"z":0,"sigma":0.5,"derivative":0.25}]}\n');
    expect([stderr, status]).toEqual(["", 0]);
  },
);

/** The files of the program that a run loads, in order. */
function loadedBy(args: readonly string[], code = 0): string[] {
  const { stderr, status } = run(args, { env: { NODE_DEBUG: "module" } });
  expect(status).toBe(code);
  return [...new Set([...stderr.matchAll(/load ".*\bcli[/\\]([a-z-]+\.cjs)"/g)].map(([, file]) => file))];
}

test("one query loads two files: JSON is written by what every run has", () => {
  expect(loadedBy(["fixtures/homework6.json", "--json"])).toEqual(["start.cjs", "entry.cjs"]);
});

test.each(["--version", "--help"])("%s takes the first alone, and is what the program says", async (flag) => {
  expect(loadedBy([flag])).toEqual(["start.cjs"]);
  expect(run([flag])).toEqual(await runMain([flag]));
});

test("help on a narrow screen is the program's own", async () => {
  const env = { COLUMNS: "60" };
  expect(run(["--help"], { env })).toEqual(await runMain(["--help"], { env }));
});

test("what is no plain object of arrays takes the schema", () => {
  expect(loadedBy(["fixtures/homework6.json", "--json"])).not.toContain("envelope-issues.cjs");
  expect(loadedBy(["fixtures/homework6.json", "--json", "--state", "package.json"], 2)).toContain(
    "envelope-issues.cjs",
  );
});

test("a table takes one more, other commands the reader of flags", () => {
  expect(loadedBy(["fixtures/homework6.json"])).toEqual(["start.cjs", "entry.cjs", "sections.cjs"]);
  expect(loadedBy(["forward", "fixtures/homework6.json", "--json"])).toEqual(["start.cjs", "entry.cjs", "flags.cjs"]);
});

test("what every run loads stays below 80 kB", () => {
  const bytes = ["start.cjs", "entry.cjs"].map((file) => statSync(join(ROOT, "dist", "cli", file)).size);
  expect(bytes.reduce((sum, size) => sum + size)).toBeLessThan(80_000);
});
