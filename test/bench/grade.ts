/** A class of a thousand in one run of `grade --batch`. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exampleCell } from "../../src/input/example.ts";
import { parseCell } from "../../src/input/parse-cell.ts";
import { showResult } from "../../src/lstm/results/one-step.ts";
import { jsonLine } from "../../src/render/json.ts";
import { compareTimes, DLSTM } from "./process.ts";
import { show } from "./statistics.ts";

const ANSWERS = 1000;

export function benchGrade(print: (line: string) => void, runs = 9): void {
  const folder = mkdtempSync(join(tmpdir(), "dlstm-bench-"));
  const cell = JSON.parse(jsonLine(exampleCell(8, 8, 1))) as { U_f: number[][] };
  const key = join(folder, "cell.json");
  writeFileSync(key, JSON.stringify(cell));
  mkdirSync(join(folder, "answers"));
  const right = JSON.parse(jsonLine(showResult(parseCell(cell)))) as { h_t: number[]; jacobian: { f: object } };
  const answers = Array.from({ length: ANSWERS }, (_, k) => {
    const file = join(folder, "answers", `${k}.json`);
    // a third right, a third with a slip, a third with a misconception
    const wrong = [
      {},
      { h_t: right.h_t.map((h) => h * 1.01) },
      { jacobian: { ...right.jacobian, f: { h_prev: cell.U_f } } },
    ];
    writeFileSync(file, JSON.stringify({ ...right, ...wrong[k % 3] }));
    return file;
  });
  print(`${ANSWERS} answers to show of a cell of H = 8, ${runs} interleaved runs`);
  const time = compareTimes([DLSTM, "grade", key, ...answers, "--batch", "--json"], ["-e", "0"], runs, [0, 1]);
  print(`grade --batch: ${show(time, 1)} × the time of node -e 0 (bar 20)`);
  rmSync(folder, { recursive: true });
}
