/** npm run promise:sequences [-- SEQUENCES [SEED]]: ∂s_T/∂s_0 and Lyapunov exponents against many-digit arithmetic. */
import { parseCell } from "../../src/input/parse-cell.ts";
import { lyapunovSpectrum } from "../../src/lstm/lyapunov-spectrum.ts";
import { walk } from "../../src/lstm/unroll.ts";
import { fixture } from "../helpers/fixtures.ts";
import type { NativeSequence } from "../helpers/sequences.ts";
import { inputErrors } from "./input-measure.ts";
import { sequenceOf } from "./sequence-cells.ts";
import { computedSteps, errorsOf, everyMode, exactSteps, productOf, type SequenceErrors } from "./sequence-measure.ts";

/** An exponent that is printed is no further off, and so many of the golden's may be null. */
const [TOLERANCE, LACKING] = [1e-6, 3];

const print = (line: string) => void process.stdout.write(`${line}\n`);
const [count = 300, seed = 0] = process.argv.slice(2).map(Number);

interface Lyapunov {
  printed: number;
  lacking: number;
  worst: number;
}

function measureProducts(): boolean {
  const computed: SequenceErrors[] = [];
  const whole: SequenceErrors[] = [];
  for (let k = seed; k < seed + count; k++) {
    const native = sequenceOf(k);
    const [T, H] = [native.x.length, native.h_prev!.length];
    const modes = everyMode(native);
    const product = productOf(computedSteps(native));
    const share = (T - 1) * (2 * H + 2);
    for (const mode of modes) computed.push(errorsOf(mode, product, share));
    const steps = exactSteps(native, modes[0]);
    if (steps !== null) {
      const exactly = productOf(steps);
      for (const mode of modes) whole.push(errorsOf(mode, exactly, share + T));
    }
  }
  print(`${count} sequences from seed ${seed}, as a record and as a stream; errors as shares of the bound\n`);
  print(
    "| against the 80-digit product of | sequences | spread | entries | worst | norms | log10 |\n|---|---|---|---|---|---|---|",
  );
  const groups = [
    ["the steps as computed", computed] as const,
    ["the exact steps, where all are promised", whole] as const,
  ];
  const worst = groups.map(([name, errors]) => productLine(name, errors));
  return worst.every((share) => share <= 1);
}

/** The line of a group; returns the worst error of all. */
function productLine(name: string, errors: readonly SequenceErrors[]): number {
  const entries = errors.flatMap((error) => error.entries);
  const spread = Math.max(...errors.map((error) => error.spread));
  const worst = (["norm", "log10"] as const).map((key) => Math.max(...errors.map((error) => error[key])));
  const shares = [Math.max(...entries), ...worst];
  const [entry, norm, log10] = shares.map((share) => share.toPrecision(2));
  print(
    `| ${name} | ${errors.length / 2} | 2^${spread.toFixed(0)} | ${entries.length} | ${entry} | ${norm} | ${log10} |`,
  );
  return Math.max(...shares.map((share) => (Number.isNaN(share) ? Number.POSITIVE_INFINITY : share)));
}

/** ∂(h_T, c_T)/∂x_t of the same sequences. */
function measureInputs(): boolean {
  const found = Array.from({ length: count }, (_, k) => inputErrors(sequenceOf(seed + k)));
  const entries = found.flatMap((errors) => errors.entries);
  const worst = [entries, found.flatMap((errors) => errors.norms)].map((errors) =>
    errors.reduce((most, error) => Math.max(most, Number.isNaN(error) ? Number.POSITIVE_INFINITY : error), 0),
  );
  const [entry, norm] = worst.map((share) => share.toPrecision(2));
  print(`\n∂h_T/∂x_t and ∂c_T/∂x_t: ${entries.length} entries, worst ${entry} of the bound; log10 of norms ${norm}`);
  return worst.every((share) => share <= 1);
}

interface Golden {
  readonly cell: NativeSequence;
  readonly expected: { readonly lyapunov: readonly (number | null)[] };
}

function measureExponents(): boolean {
  const { cells } = fixture<{ cells: Golden[] }>("golden/lyapunov-exact.json");
  const found: Lyapunov = { printed: 0, lacking: 0, worst: 0 };
  for (const { cell: native, expected } of cells) {
    const cell = parseCell(native);
    const traces = function* () {
      for (const { trace } of walk(cell)) yield trace;
    };
    const own = lyapunovSpectrum({ cell, steps: native.x.length, traces });
    expected.lyapunov.forEach((value, k) => {
      const printed = own[k] ?? null;
      if (printed === null && value !== null) found.lacking += 1;
      if (printed === null) return;
      found.printed += 1;
      found.worst = Math.max(found.worst, value === null ? Number.POSITIVE_INFINITY : Math.abs(printed - value));
    });
  }
  const { printed, lacking, worst } = found;
  print(
    `\nLyapunov exponents of ${cells.length} sequences: ${printed} printed, worst error ${worst.toPrecision(2)}, bound ${TOLERANCE};`,
  );
  print(`${lacking} null that are numbers, at most ${LACKING} of them`);
  return worst <= TOLERANCE && lacking <= LACKING;
}

const passed = [measureProducts(), measureInputs(), measureExponents()];
process.exitCode = passed.every(Boolean) ? 0 : 1;
