/** `forward --ndjson`, with one thread and two, against a process that reads and parses the same lines and writes results of the same size. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exampleCell } from "../../src/input/example.ts";
import { jsonLine } from "../../src/render/json.ts";
import { compareTimes, DLSTM } from "./process.ts";
import { show } from "./statistics.ts";

const LINES = [20_000, 80_000];
const CELLS = 500;

/** Of each line the numbers that a result has as many of: z and the gates of four units, c_t and h_t. */
const PARSE_AND_WRITE = `
  const lines = require("fs").readFileSync(process.argv[1], "utf8").split("\\n");
  let text = "";
  for (const line of lines) {
    if (line === "") continue;
    const { name, W_f, W_i, W_o, W_u, b_f: c_t, b_i: h_t } = JSON.parse(line);
    const preactivations = { f: W_f[0], i: W_i[0], o: W_o[0], u: W_u[0] };
    const gates = { f: W_f[1], i: W_i[1], o: W_o[1], u: W_u[1] };
    text += JSON.stringify({ name, version: 1, hidden_size: 4, input_size: 4, preactivations, gates, c_t, h_t }) + "\\n";
    if (text.length > 131072) { process.stdout.write(text); text = ""; }
  }
  process.stdout.write(text);`;

export function benchNdjson(print: (line: string) => void, runs = 5): void {
  const folder = mkdtempSync(join(tmpdir(), "dlstm-bench-"));
  const file = join(folder, "cells.ndjson");
  const cells = Array.from({ length: CELLS }, (_, seed) => jsonLine(exampleCell(4, 4, seed))).join("");
  for (const lines of LINES) {
    writeFileSync(file, cells.repeat(lines / CELLS));
    print(`${lines} cells of H = I = 4, one a line, ${runs} interleaved runs`);
    for (const [flags, bar] of [
      [[], "0.70"],
      [["--jobs", "2"], "1.20"],
    ] as const) {
      const speed = compareTimes(["-e", PARSE_AND_WRITE, file], [DLSTM, "forward", file, "--ndjson", ...flags], runs);
      print(`forward ${["--ndjson", ...flags].join(" ")}: ${show(speed)} of the speed of that process (bar ${bar})`);
    }
  }
  rmSync(folder, { recursive: true });
}
