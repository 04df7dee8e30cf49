/**
 * npm run promise [-- CELLS [SEED [FILE]]]: every double of one step of so many seeded cells by the fast path and by the slow one,
 * and what other programs make of the same cells. With FILE, our values are written there, for MPFR to compare:
 *
 *     python fixtures/golden/rounding.py --compare FILE
 */
import { closeSync, openSync, writeSync } from "node:fs";
import { cpus } from "node:os";
import { GATES } from "../../src/lstm/names.ts";
import { type Peer, startPython } from "../helpers/python.ts";
import { type SeededCell, seededCell } from "./rounded-cells.ts";
import { type Values, valuesOf } from "./rounded-values.ts";
import { slowValue } from "./slow-values.ts";

/** What other programs compute too, by lines of the table. */
const GROUPS: readonly (readonly [string, RegExp])[] = [
  ["gates", /^gates\./],
  ["∂f, ∂i, ∂o, ∂u", /^jacobian\.[fiou]\./],
  ["c_t", /^c_t$/],
  ["∂c_t", /^jacobian\.c_t\./],
  ["h_t", /^h_t$/],
  ["∂h_t", /^jacobian\.h_t\./],
  ["backward", /^(gradient|loss)/],
];

interface Count {
  values: number;
  right: number;
}

const print = (line: string) => void process.stdout.write(`${line}\n`);
const [count = 340, seed = 0] = process.argv.slice(2, 4).map(Number);

async function main(file: string | undefined): Promise<void> {
  print(`${cpus()[0].model}, node ${process.version}, ${new Date().toISOString().slice(0, 10)}`);
  const peer = await startPython("test/promise/peers.py");
  const output = file === undefined ? null : openSync(file, "w");
  const shares = new Map<string, Map<string, Count>>();
  let values = 0;
  const differences: Difference[] = [];
  for (let k = seed; k < seed + count; k++) {
    const cell = seededCell(k);
    const fast = valuesOf(cell);
    for (const entry of fast.values()) values += entry.length;
    const own = differencesOf(cell, fast);
    differences.push(...own);
    await countRight(cell, fast, own, peer, shares);
    if (output !== null) writeSync(output, `${JSON.stringify(recordOf(cell, fast))}\n`);
  }
  peer.stop();
  if (output !== null) closeSync(output);

  print(
    `\n${count} cells from seed ${seed}: of ${values} values ${differences.length} differ between fast and slow path`,
  );
  for (const { text } of differences.slice(0, 20)) print(text);
  print(`\nCorrectly rounded; ${peer.versions}\n`);
  const programs = [...shares.keys()];
  print(`| quantity | values | ${programs.join(" | ")} |\n|---|---|${programs.map(() => "---|").join("")}`);
  for (const [name, pattern] of GROUPS)
    printGroup(
      name,
      pattern,
      programs.map((program) => shares.get(program)!),
    );
  process.exitCode = differences.length === 0 ? 0 : 1;
}

/** A value that the two paths find differently. */
interface Difference {
  readonly name: string;
  readonly text: string;
}

function differencesOf(cell: SeededCell, fast: Values): Difference[] {
  const slow = slowValue(cell);
  const found: Difference[] = [];
  for (const [name, values] of fast) {
    values.forEach((value, k) => {
      const other = slow(name, k);
      const text = `${cell.seed} (${cell.family}): ${name}[${k}] is ${value}, slowly ${other}`;
      if (other !== value) found.push({ name, text });
    });
  }
  return found;
}

/** Counts what is right: of ours where the slow path agrees, of the others where they have what we have. */
async function countRight(
  cell: SeededCell,
  right: Values,
  differences: readonly Difference[],
  peer: Peer,
  shares: Map<string, Map<string, Count>>,
): Promise<void> {
  // one bias is all that the others have
  if (cell.family === "two biases") return;
  const answer = await peer.ask(JSON.stringify(nativeOf(cell)));
  const told = answer === "absent" ? "{}" : answer.replaceAll(/NaN|-?Infinity/g, "null");
  const programs = JSON.parse(told) as Record<string, Record<string, number[]> | null>;
  for (const [name, expected] of right) {
    const count = (program: string, correct: number) => {
      const counts = shares.get(program) ?? new Map<string, Count>();
      shares.set(program, counts);
      const group = counts.get(name) ?? { values: 0, right: 0 };
      counts.set(name, group);
      group.values += expected.length;
      group.right += correct;
    };
    // what none of the others computes is not of this table
    if (Object.values(programs).every((found) => !found?.[name])) continue;
    count("dlstm", expected.length - differences.filter((difference) => difference.name === name).length);
    for (const [program, found] of Object.entries(programs)) {
      const values = found?.[name];
      if (values) count(program, expected.filter((value, k) => values[k] === value).length);
    }
  }
}

function printGroup(name: string, pattern: RegExp, programs: readonly Map<string, Count>[]): void {
  const sums = programs.map((counts) => {
    const own = [...counts].flatMap(([quantity, found]) => (pattern.test(quantity) ? [found] : []));
    return own.reduce((sum, one) => ({ values: sum.values + one.values, right: sum.right + one.right }), {
      values: 0,
      right: 0,
    });
  });
  const share = ({ values, right }: Count) => (values === 0 ? "–" : `${((100 * right) / values).toFixed(1)} %`);
  print(`| ${name} | ${Math.max(0, ...sums.map(({ values }) => values))} | ${sums.map(share).join(" | ")} |`);
}

/** A cell as the others read it. */
function nativeOf({ H, I, W, U, b, x_t, h_prev, c_prev, dh_t, dc_t }: SeededCell): object {
  const rows = (data: Float64Array, cols: number) =>
    Array.from({ length: H }, (_, r) => [...data.subarray(r * cols, (r + 1) * cols)]);
  const cell: Record<string, unknown> = {};
  for (const g of GATES) {
    cell[`W_${g}`] = rows(W[g], I);
    cell[`U_${g}`] = rows(U[g], H);
    cell[`b_${g}`] = [...b[g]];
  }
  const vectors = Object.entries({ x_t, h_prev, c_prev, dh_t, dc_t }).map(([key, vector]) => [key, [...vector]]);
  return { ...cell, ...Object.fromEntries(vectors) };
}

function recordOf({ seed }: SeededCell, values: Values): object {
  const words = [...values].map(([name, { buffer }]) => [name, Buffer.from(buffer).toString("hex")]);
  return { seed, size: null, values: Object.fromEntries(words) };
}

await main(process.argv[4]);
