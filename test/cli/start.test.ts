import { statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT, run } from "../helpers/run.ts";

test.each(["/dev/null/cache", "package.json"])(
  "a cache directory for compiled code that cannot be used does not show: %s",
  (cache) => {
    const { stdout, stderr, status } = run(["sigmoid", "0", "--json"], { env: { NODE_COMPILE_CACHE: cache } });
    expect(stdout).toBe('{"version":1,"values":[{"z":0,"sigma":0.5,"derivative":0.25}]}\n');
    expect([stderr, status]).toEqual(["", 0]);
  },
);

/** The files of the program that a run loads, in order. */
function loadedBy(args: readonly string[]): string[] {
  const { stderr, status } = run(args, { env: { NODE_DEBUG: "module" } });
  expect(status).toBe(0);
  return [...new Set([...stderr.matchAll(/load ".*\bcli[/\\]([a-z-]+\.cjs)"/g)].map(([, file]) => file))];
}

test("one query loads two files: JSON is written by what every run has", () => {
  expect(loadedBy(["fixtures/homework6.json", "--json"])).toEqual(["compile-cache.cjs", "entry.cjs"]);
});

test("a table takes one more", () => {
  expect(loadedBy(["fixtures/homework6.json"])).toEqual(["compile-cache.cjs", "entry.cjs", "sections.cjs"]);
});

test("what every run loads stays below 190 kB", () => {
  const bytes = ["compile-cache.cjs", "entry.cjs"].map((file) => statSync(join(ROOT, "dist", "cli", file)).size);
  expect(bytes.reduce((sum, size) => sum + size)).toBeLessThan(190_000);
});
