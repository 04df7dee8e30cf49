import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process, { stderr, type stdin, stdout } from "node:process";
import { Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import type { Context } from "../../src/cli/context.ts";
import { plainRun } from "../../src/cli/plain-run.ts";
import { ROOT, runMain, temporaryFolder } from "../helpers/run.ts";

const jsonIn = (folder: string) =>
  readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith(".json"))
    .map((name) => `${folder}/${name}`);

describe("a file without flags, or with --json, is what show makes of it", () => {
  test.each([
    ...jsonIn("fixtures"),
    ...jsonIn("fixtures/invalid"),
    "fixtures/weights/pytorch.safetensors",
    "./fixtures",
  ])("%s", async (file) => {
    for (const flags of [[], ["--json"]])
      expect(await runMain([file, ...flags])).toEqual(await runMain(["show", file, ...flags]));
  });

  test("on a terminal and with variables of the environment too", async () => {
    const file = "fixtures/homework6.json";
    for (const terminal of [
      { columns: 40 },
      { columns: 100, interactive: true, env: { FORCE_COLOR: "3", LANG: "C" } },
      { env: { COLUMNS: "30", FORCE_COLOR: "1" } },
    ])
      expect(await runMain([file], terminal)).toEqual(await runMain(["show", file], terminal));
  });
});

test("all other arguments are for the reader of flags", () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "show"));
  writeFileSync(join(folder, "cell"), "");
  const context: Context = { stdin: Readable.from([]) as typeof stdin, stdout, stderr, env: {} };
  const before = process.cwd();
  process.chdir(folder);
  try {
    for (const argv of [
      [],
      ["-"],
      ["show"],
      ["cell"],
      ["./none"],
      ["--json"],
      ["./cell", "--full"],
      ["./cell", "./cell"],
      ["./cell", "--json", "--json"],
      ["--json", "./cell"],
    ])
      expect(plainRun(argv, context)).toBeNull();
  } finally {
    process.chdir(before);
  }
});
