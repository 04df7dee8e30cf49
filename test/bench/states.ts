/** `forward --states` against a process that reads and parses the same lines and writes results of the same size. */
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exampleCell } from "../../src/input/example.ts";
import { jsonLine } from "../../src/render/json.ts";
import { compareTimes, DLSTM } from "./process.ts";
import { show } from "./statistics.ts";

const STATES = 100_000;
const DISTINCT = 1000;
const SIZE = 64;

/** The numbers of a state, as often as a result has such: z and the gates of four, c_t and h_t. */
const PARSE_AND_WRITE = `
  const input = require("readline").createInterface(require("fs").createReadStream(process.argv[1]));
  let text = "";
  input.on("line", (line) => {
    const { x_t, h_prev, c_prev } = JSON.parse(line);
    const [a, b] = [{ f: x_t, i: h_prev, o: c_prev, u: x_t }, { f: h_prev, i: c_prev, o: x_t, u: h_prev }];
    text += JSON.stringify({ version: 1, hidden_size: 64, input_size: 64, a, b, c_t: c_prev, h_t: x_t }) + "\\n";
    if (text.length > 131072) { process.stdout.write(text); text = ""; }
  });
  input.on("close", () => process.stdout.write(text));`;

export function benchStates(print: (line: string) => void, runs = 5): void {
  const folder = mkdtempSync(join(tmpdir(), "dlstm-bench-"));
  const [cell, states] = [join(folder, "cell.json"), join(folder, "states.ndjson")];
  writeFileSync(cell, jsonLine(exampleCell(SIZE, SIZE, 1)));
  const lines = Array.from({ length: DISTINCT }, (_, seed) => jsonLine(stateOf(seed))).join("");
  const file = openSync(states, "w");
  for (let k = 0; k < STATES / DISTINCT; k++) writeSync(file, lines);
  closeSync(file);
  const args = [DLSTM, "forward", cell, "--states", states];
  const time = compareTimes(args, ["-e", PARSE_AND_WRITE, states], runs);
  print(`forward --states, ${STATES} of H = I = ${SIZE}, ${runs} interleaved runs: ${show(time)} (bar 2.5)`);
  rmSync(folder, { recursive: true });
}

/** Numbers of all digits, as a cell's states have them. */
function stateOf(seed: number): object {
  const vector = (part: number) =>
    Float64Array.from({ length: SIZE }, (_, k) => Math.sin(1 + part + 3 * seed + 78.233 * k));
  return { x_t: vector(0), h_prev: vector(1), c_prev: vector(2) };
}
