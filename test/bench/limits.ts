/** What took too long once: a check, a report, a file of many cells, hostile texts, of which the tests bound the work. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DlstmError } from "../../src/errors.ts";
import { parseAnswerJson } from "../../src/input/answer-json.ts";
import { exampleCell } from "../../src/input/example.ts";
import { listCells } from "../../src/input/weights/conventions/list.ts";
import { jsonWeights } from "../../src/input/weights/files/json-tensors.ts";
import { jsonLine } from "../../src/render/json.ts";
import { compareTimes, DLSTM } from "./process.ts";
import { show } from "./statistics.ts";
import { timed } from "./timed.ts";

const CELLS = 32_000;
const HOSTILE = [
  '"'.repeat(200_001),
  `"${"\\".repeat(400_000)}`,
  "NaN".repeat(200_000),
  `[${"NaN ".repeat(200_000)}]`,
  "]".repeat(400_000),
];

export function benchLimits(print: (line: string) => void): void {
  print("once slow");
  const folder = mkdtempSync(join(tmpdir(), "dlstm-bench-"));
  const cellOf = (H: number, I: number) => {
    const cell = join(folder, `${H}.json`);
    writeFileSync(cell, jsonLine(exampleCell(H, I, 1)));
    return cell;
  };
  for (const [name, args] of [
    ["check of a cell of H = I = 8", ["check", cellOf(8, 8)]],
    ["of 32", ["check", cellOf(32, 32)]],
    ["of 64 (bar 25)", ["check", cellOf(64, 64)]],
    ["report on that of 8", ["report", cellOf(8, 8), "-o", join(folder, "report.html")]],
    ["on that of 32", ["report", cellOf(32, 32), "-o", join(folder, "report.html")]],
    ["on that of 64 (bar 8)", ["report", cellOf(64, 64), "-o", join(folder, "report.html")]],
  ] as const) {
    print(`${name}: ${show(compareTimes([DLSTM, ...args], ["-e", "0"], 5))} × the time of node -e 0`);
  }
  rmSync(folder, { recursive: true });
  const seconds = (run: () => void) => `${(timed(run, 3) / 1e6).toFixed(2)} s`;
  const peepholes = { W: [[[1], [1], [1], [1]]], R: [[[1], [1], [1], [1]]], P: [[1, 2, 3]] };
  const weights = jsonWeights(Object.fromEntries(Array.from({ length: CELLS }, (_, k) => [`c${k}`, peepholes])), null);
  print(`the refusals of ${CELLS} cells in one file: ${seconds(() => listCells(weights))}`);
  print(`${HOSTILE.length} hostile answers of 200,000 characters and more: ${seconds(() => HOSTILE.forEach(refuse))}`);
}

function refuse(text: string): void {
  try {
    parseAnswerJson(text, null);
  } catch (error) {
    if (!(error instanceof DlstmError)) throw error;
  }
}
