/** `forward --ndjson` against JSON.parse and JSON.stringify of the same lines, each a process of its own. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exampleCell } from "../../src/input/example.ts";
import { jsonLine } from "../../src/render/json.ts";
import { compareTimes, DLSTM } from "./process.ts";
import { show } from "./statistics.ts";

const LINES = 20_000;
const CELLS = 500;

/** Line by line, in memory, every line written: what no program that reads and prints JSON can do without. */
const PARSE_AND_STRINGIFY = `
  const lines = require("fs").readFileSync(process.argv[1], "utf8").split("\\n");
  let text = "";
  for (const line of lines) {
    if (line !== "") text += JSON.stringify(JSON.parse(line)) + "\\n";
    if (text.length > 131072) { process.stdout.write(text); text = ""; }
  }
  process.stdout.write(text);`;

export function benchNdjson(print: (line: string) => void, runs = 9): void {
  const folder = mkdtempSync(join(tmpdir(), "dlstm-bench-"));
  const file = join(folder, "cells.ndjson");
  const cells = Array.from({ length: CELLS }, (_, seed) => jsonLine(exampleCell(4, 4, seed))).join("");
  writeFileSync(file, cells.repeat(LINES / CELLS));
  print(`${LINES} cells of H = I = 4, one a line, ${runs} interleaved runs`);
  const speed = compareTimes(["-e", PARSE_AND_STRINGIFY, file], [DLSTM, "forward", file, "--ndjson"], runs);
  print(`forward --ndjson: ${show(speed)} of the speed of JSON.parse + JSON.stringify (bar 0.70)`);
  rmSync(folder, { recursive: true });
}
