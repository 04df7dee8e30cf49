/** npm run promise:optimum [-- RANDOM [HARD [SEED]]]: the bounds and gaps of `optimum --of`, and whether anything beats them. */
import { parseCell } from "../../src/input/parse-cell.ts";
import { outputOptimum } from "../../src/lstm/output-optimum.ts";
import { hardUnit, nativeCell, randomUnit, type UnitCell } from "./optimum-cells.ts";
import { bestRival, scaleAt } from "./optimum-rivals.ts";

const [random = 1000, hard = 100, seed = 0] = process.argv.slice(2).map(Number);
const print = (line: string) => void process.stdout.write(`${line}\n`);

interface Measured {
  readonly name: string;
  /** relative to the scale of the value */
  readonly gap: number;
  readonly milliseconds: number;
  readonly beaten: boolean;
  readonly unique: boolean | null;
}

function measured(unit: UnitCell, goal: "max" | "min"): Measured[] {
  const cell = parseCell(nativeCell(unit));
  const sign = goal === "max" ? 1 : -1;
  return (["c_t", "h_t"] as const).map((of) => {
    const before = process.cpuUsage();
    const [found] = outputOptimum(cell, of, { goal, units: [0] });
    const milliseconds = process.cpuUsage(before).user / 1000;
    const h = [...(found.h_prev ?? unit.rows[0].map((_, k) => (k === 0 ? 1 : 0)))];
    const scale = scaleAt(unit, of, h);
    const rival = bestRival(unit, of, sign, { samples: 1000, climbs: 12 });
    // what the textbook's roundings may add
    const beaten = sign * (rival - found.bound) > 64 * 2 ** -53 * scale * (1 + Math.hypot(...unit.rows.flat()));
    return { name: `${unit.name} ${of} ${goal}`, gap: found.gap / scale, milliseconds, beaten, unique: found.unique };
  });
}

const quantile = (values: readonly number[], share: number) =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(share * values.length))];

/** Prints a line of the table; whether nothing was beaten. */
function tell(name: string, all: readonly Measured[]): boolean {
  const gaps = all.map(({ gap }) => gap);
  const times = all.map(({ milliseconds }) => milliseconds);
  const within = (bar: number) => gaps.filter((gap) => gap <= bar).length;
  const figures = [quantile(gaps, 0.5), quantile(gaps, 1)].map((figure) => figure.toExponential(1));
  const spent = [0.5, 0.99, 1].map((share) => quantile(times, share).toFixed(0));
  const unique = all.filter((one) => one.unique === true).length;
  const beaten = all.filter((one) => one.beaten);
  print(
    `| ${name} | ${all.length} | ${within(1e-12)} | ${within(1e-10)} | ${figures.join(" | ")} | ${spent.join(" | ")} | ${unique} | ${beaten.length} |`,
  );
  for (const { name: which, gap } of all.filter((one) => one.gap > 1e-12 || one.beaten))
    print(`  ${which}: gap ${gap}`);
  return beaten.length === 0;
}

const goalOf = (k: number) => (k % 2 === 0 ? ("max" as const) : ("min" as const));
print("| cells | problems | gap ≤ 1e-12 | ≤ 1e-10 | median | largest | ms median | 99 % | most | unique | beaten |");
print("|---|---|---|---|---|---|---|---|---|---|---|");
const typical = Array.from({ length: random }, (_, k) => measured(randomUnit(seed + k), goalOf(k))).flat();
const isTypicalHeld = random === 0 || tell("random", typical);
const difficult = Array.from({ length: hard }, (_, k) => measured(hardUnit(seed + k), goalOf(k))).flat();
const isHardHeld = hard === 0 || tell("hard", difficult);
process.exitCode = isTypicalHeld && isHardHeld ? 0 : 1;
