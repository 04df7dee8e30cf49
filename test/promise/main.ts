/** npm run promise [-- CELLS [SEED]]: the numerical promise over many cells, and what other programs make of the same cells. */
import { cpus } from "node:os";
import { type Peer, startPython } from "../helpers/python.ts";
import { cellOf } from "./cells.ts";
import { climb } from "./climb.ts";
import { compute, type Deviation, type Deviations, measure, type Numbers, violations } from "./measure.ts";
import { computeNaively } from "./naive.ts";
import { reference } from "./reference.ts";
import { type Row, rowsOf } from "./report.ts";

/** Quantities with one bound and one line in the table. */
const GROUPS: readonly (readonly [string, RegExp])[] = [
  ["gates", /^gates\./],
  ["∂f, ∂i, ∂o, ∂u", /^jacobian\.[fiou]\./],
  ["c_t", /^c_t$/],
  ["∂c_t", /^jacobian\.c_t\./],
  ["tanh(c_t)", /^tanh_c_t$/],
  ["∂tanh(c_t)", /^jacobian\.tanh_c_t\./],
  ["h_t", /^h_t$/],
  ["∂h_t", /^jacobian\.h_t\./],
  ["T_o, T_f, T_i, T_u", /^terms\./],
  ["optimum: h*", /^optimum\..*h_prev$/],
  ["optimum: z", /^optimum\..*preactivation$/],
  ["optimum: activation", /^optimum\..*\.activation$/],
];
const CLIMBS = 2;
const CLIMB_STEPS = 60;

const print = (line: string) => void process.stdout.write(`${line}\n`);
const [count = 2000, seed = 0] = process.argv.slice(2).map(Number);

async function main(): Promise<void> {
  print(`${cpus()[0].model}, node ${process.version}, ${new Date().toISOString().slice(0, 10)}`);
  const peer = await startPython("test/promise/peers.py");
  const programs = new Map<string, Deviations>(
    ["dlstm", "textbook", "numpy", "PyTorch"].map((name) => [name, new Map()]),
  );
  for (let k = seed; k < seed + count; k++) await measureCell(k, programs, peer);
  peer.stop();

  const ours = programs.get("dlstm")!;
  print(`\n${count} cells from seed ${seed}, errors in ε = 2⁻⁵³ of the contract's scale\n`);
  print("| quantity | entries | bound | median | 99 % | worst | after climbing |\n|---|---|---|---|---|---|---|");
  for (const [name, pattern] of GROUPS) print(groupLine(name, pattern, rowsOf(ours)));

  print(`\nEntries outside the promise, and worst error; ${peer.versions}\n`);
  print("| quantity | dlstm | textbook formulas | numpy | PyTorch autograd |\n|---|---|---|---|---|");
  for (const [name, pattern] of GROUPS) {
    const cells = [...programs.values()].map((deviations) => share(pattern, deviations));
    if (cells.slice(1).some((cell) => cell !== "–")) print(`| ${name} | ${cells.join(" | ")} |`);
  }
  const outside = violations(ours);
  print(`\n${outside.length === 0 ? "no entry outside the promise" : outside.join("\n")}`);
  process.exitCode = outside.length === 0 ? 0 : 1;
}

async function measureCell(k: number, programs: ReadonlyMap<string, Deviations>, peer: Peer): Promise<void> {
  const cell = cellOf(k);
  const exact = reference(cell);
  const answer = await peer.ask(JSON.stringify(cell));
  const others =
    answer === "absent"
      ? {}
      : (JSON.parse(answer.replaceAll(/NaN|-?Infinity/g, "null")) as Record<string, object | null>);
  const computed: Record<string, Numbers | null> = { dlstm: compute(cell), textbook: computeNaively(cell) };
  for (const [name, numbers] of Object.entries(others)) computed[name] = numbers && new Map(Object.entries(numbers));
  for (const [name, deviations] of programs) {
    const numbers = computed[name];
    // what a program does not compute is not held against it
    if (numbers) measure(new Map([...exact].filter(([quantity]) => numbers.has(quantity))), numbers, k, deviations);
  }
}

function groupLine(name: string, pattern: RegExp, rows: readonly Row[]): string {
  const group = rows.filter(({ quantity }) => pattern.test(quantity)).sort((a, b) => b.max - a.max);
  const entries = group.reduce((sum, row) => sum + row.entries, 0);
  const starts = group.filter(({ worst }) => worst.seed >= 0).slice(0, CLIMBS);
  const climbed = starts.map(({ worst }, k) => climb(cellOf(worst.seed), (q) => pattern.test(q), CLIMB_STEPS, k + 1));
  const { bound, max } = group[0];
  const median = Math.max(...group.map((row) => row.median));
  const percentile = Math.max(...group.map((row) => row.percentile99));
  const figures = [median, percentile, max, Math.max(max, ...climbed)].map((figure) => figure.toFixed(2));
  return `| ${name} | ${entries} | ${bound} | ${figures.join(" | ")} |`;
}

/** `12 %, 3e7` of the promised entries, the worst in ε; – where the program does not compute them. */
function share(pattern: RegExp, deviations: Deviations): string {
  const group: Deviation[] = [...deviations].flatMap(([quantity, deviation]) =>
    pattern.test(quantity) ? [deviation] : [],
  );
  if (group.length === 0) return "–";
  const entries = group.reduce((sum, { errors }) => sum + errors.length, 0);
  const outside = group.reduce((sum, { bound, errors }) => sum + errors.filter((error) => error > bound).length, 0);
  const worst = Math.max(...group.map(({ worst: { error } }) => error));
  return `${((100 * outside) / entries).toFixed(1)} %, ${Number.isFinite(worst) ? worst.toPrecision(2) : "not finite"}`;
}

await main();
