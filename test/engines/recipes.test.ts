import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { blocksIn, page } from "../helpers/pages.ts";
import { bash, temporaryFolder } from "../helpers/run.ts";
import { writeCells } from "./cells.ts";

const PAGE = { path: "test/engines/README.md", text: page("test/engines/README.md") };
/** Engines start programs, and know no function of a shell. */
const SHIM =
  'mkdir bin; printf \'#!/bin/sh\\nexec "%s" "%s" "$@"\\n\' "$DLSTM_NODE" "$DLSTM_BIN" > bin/dlstm; chmod +x bin/dlstm; PATH=$PWD/bin:$PATH';
const RECIPES = [
  { engine: "parallel", recipe: "--keep-order" },
  { engine: "parallel", recipe: "--resume-failed" },
  { engine: "xargs", recipe: "xargs -P 2 -I" },
].map((one) => ({ ...one, missing: spawnSync(one.engine, ["--version"]).error !== undefined }));

describe.each(RECIPES)("the recipe of $engine with $recipe", ({ recipe, missing }) => {
  const folder = temporaryFolder();

  test.skipIf(missing)("gives what one process gives", () => {
    writeCells(join(folder, "cells.ndjson"), 60);
    const script = blocksIn(PAGE, "sh").find((block) => block.includes(recipe));
    const one = "dlstm forward --ndjson --keep-going < cells.ndjson > one.ndjson";
    // blocks so small that there are several
    const small = script!.replace(/--block \w+/, "--block 20k").replace("-l 20000", "-l 25");
    const { stderr, status } = bash(`unset -f dlstm; ${SHIM}\n${one}\n${small}`, {
      cwd: folder,
      env: { HOME: folder },
    });
    expect([stderr.replace(/^.*cite[\s\S]*$/i, ""), status]).toEqual(["", 0]);
    const lines = (name: string) => readFileSync(join(folder, name), "utf8").replaceAll(/"line":\d+,/g, "");
    expect(lines("results.ndjson")).toBe(lines("one.ndjson"));
    expect(lines("one.ndjson").split("\n")).toHaveLength(61);
  });
});
