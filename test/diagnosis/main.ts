/** npm run diagnosis [-- ANSWERS [SEED]]: how often a mistake is named in answers that hold none of the table's. */
import { cpus } from "node:os";
import { Grader } from "../../src/grade/grade.ts";
import { cellKey, type Key } from "../../src/grade/key.ts";
import { parseCell } from "../../src/input/parse-cell.ts";
import { type Quantity, quantities } from "../../src/lstm/quantities.ts";
import { Dice } from "../fuzz/mutate.ts";
import { answerWith, type FullCell, type Numbers, randomCell } from "../grade/lesson.ts";

const print = (line: string) => void process.stdout.write(`${line}\n`);
const [count = 100_000, seed = 0] = process.argv.slice(2).map(Number);
const dice = new Dice(seed);
const uniform = () => dice.below(2 ** 30) / 2 ** 30;

const significant = (digits: number) => (x: number) => Number(x.toPrecision(digits));
const decimals = (digits: number) => (x: number) => Number(x.toFixed(digits));
const ROUNDINGS: Readonly<Record<string, (x: number) => number>> = {
  full: (x) => x,
  ...{ "6 sig": significant(6), "4 sig": significant(4), "3 sig": significant(3) },
  ...{ "4 dec": decimals(4), "3 dec": decimals(3), "2 dec": decimals(2) },
};

type Slip = (data: Float64Array, key: Key, quantity: Quantity, cell: FullCell) => Float64Array | null;
const changedAt = (data: Float64Array, k: number, entry: number) => data.map((old, j) => (j === k ? entry : old));

const SLIPS: Readonly<Record<string, Slip>> = {
  "random numbers": (data) => data.map(() => (2 * uniform() - 1) * Math.max(...data.map(Math.abs))),
  "one entry wrong": (data) => changedAt(data, dice.below(data.length), 2 * uniform() - 1),
  "sign of one entry": (data) => {
    const k = dice.below(data.length);
    return changedAt(data, k, -data[k]);
  },
  "two entries exchanged": (data) => {
    const [a, b] = [dice.below(data.length), dice.below(data.length)];
    return changedAt(changedAt(data, a, data[b]), b, data[a]);
  },
  "one input misread": (_, __, quantity, cell) => {
    const misread = structuredClone(cell) as unknown as Record<string, Numbers>;
    const keys = Object.keys(misread);
    const value = misread[keys[dice.below(keys.length)]];
    const row = Array.isArray(value[0]) ? (value[dice.below(value.length)] as number[]) : (value as number[]);
    const k = dice.below(row.length);
    row[k] = dice.below(2) === 0 ? -row[k] : row[k] + 0.1;
    return cellKey(parseCell(misread)).expected(quantity)?.data ?? null;
  },
};

const named = new Map<string, number>();
const all = new Map<string, number>();
const bump = (counts: Map<string, number>, key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);
let cell = randomCell(seed);
let key = cellKey(parseCell(cell));
let grader = new Grader(key);
for (let done = 0; done < count; ) {
  if (done % 700 === 0) {
    cell = randomCell(seed + done);
    key = cellKey(parseCell(cell));
    grader = new Grader(key);
  }
  const quantity = quantities()[dice.below(quantities().length)];
  const right = key.expected(quantity);
  const names = Object.keys(SLIPS);
  const name = names[dice.below(names.length)];
  const wrong = right && SLIPS[name](right.data, key, quantity, cell);
  if (!right || !wrong || right.kind === "scalar") continue;
  for (const [rounding, round] of Object.entries(ROUNDINGS)) {
    const numbers = [...wrong].map(round);
    const rows = Array.from({ length: right.rows }, (_, r) => numbers.slice(r * right.cols, (r + 1) * right.cols));
    const [test] = grader.grade(answerWith(quantity.path, right.kind === "matrix" ? rows : numbers)).tests;
    done += 1;
    bump(all, `${name}|${rounding}`);
    if (test.diagnosis !== null && test.diagnosis !== "too-few-digits") bump(named, `${name}|${rounding}`);
  }
}
print(`${cpus()[0].model}, node ${process.version}, from seed ${seed}\n`);
print(`| named of | ${Object.keys(ROUNDINGS).join(" | ")} |\n|---|${"---|".repeat(Object.keys(ROUNDINGS).length)}`);
for (const name of Object.keys(SLIPS)) {
  const cells = Object.keys(ROUNDINGS).map((rounding) => {
    const id = `${name}|${rounding}`;
    return `${named.get(id) ?? 0} of ${all.get(id) ?? 0}`;
  });
  print(`| ${name} | ${cells.join(" | ")} |`);
}
