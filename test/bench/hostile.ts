/** One step of H = 64 on cells of every kind that makes rounding hard, as multiples of typical ones. */

import { backward } from "../../src/lstm/backward.ts";
import type { Cell } from "../../src/lstm/cell.ts";
import { forward } from "../../src/lstm/forward.ts";
import { jacobian } from "../../src/lstm/jacobian.ts";
import { FAMILY_NAMES, seededCell } from "../promise/rounded-cells.ts";
import { cellOf } from "../promise/rounded-values.ts";

const H = 64;
const CELLS = 4;
/** The first of them are typical. */
const FIRST = 100 * FAMILY_NAMES.length;

const COMPUTED: Readonly<Record<string, (cell: Cell) => unknown>> = {
  "forward + ∂h_t/∂h_{t-1}": (cell) => jacobian(forward(cell), "h_t", "h_prev"),
  "∂c_t/∂h_{t-1}": (cell) => jacobian(forward(cell), "c_t", "h_prev"),
  backward: (cell) => backward(cell),
};

/** Prints a table row a family: CPU time of each, after a warm-up by all of them. */
export function benchHostile(print: (line: string) => void): void {
  print(`\nH = ${H}: CPU as a multiple of typical cells\n| cells | ${Object.keys(COMPUTED).join(" | ")} |`);
  const families = FAMILY_NAMES.map((name, j) => ({ name, times: Object.values(COMPUTED).map((run) => cpu(j, run)) }));
  const [typical] = families;
  for (const { name, times } of families) {
    print(`| ${name} | ${times.map((time, k) => (time / typical.times[k]).toFixed(1)).join(" | ")} |`);
  }
}

/** µs a cell. */
function cpu(family: number, run: (cell: Cell) => unknown): number {
  const cells = Array.from({ length: CELLS }, (_, k) =>
    cellOf(seededCell(FIRST + family + k * FAMILY_NAMES.length, H)),
  );
  for (const cell of cells) for (let k = 0; k < (family === 0 ? 30 : 2); k++) attempt(run, cell);
  const start = process.cpuUsage();
  const rounds = family === 0 ? 10 : 1;
  for (const cell of cells) for (let k = 0; k < rounds; k++) attempt(run, cell);
  const { user, system } = process.cpuUsage(start);
  return (user + system) / (CELLS * rounds);
}

/** An overflow takes its time too. */
function attempt(run: (cell: Cell) => unknown, cell: Cell): void {
  try {
    run(cell);
  } catch {
    // nothing to print
  }
}
