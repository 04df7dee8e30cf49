/** npm run fuzz [-- FILES [SEED]]: malformed files of weights, as many for each reader; what becomes of them. */
import { cpus } from "node:os";
import { outcomeOf } from "./outcome.ts";
import { READERS, type Reader } from "./readers.ts";

const print = (line: string) => void process.stdout.write(`${line}\n`);
const [count = 100_000, seed = 0] = process.argv.slice(2).map(Number);
const MOST_REPORTED = 10;
/** What a hang costs; a verdict of this run on a machine of its own, never of the tests. */
const MOST_MILLISECONDS = 1000;

async function fuzz(reader: Reader): Promise<string[]> {
  const kinds = new Map<string, number>();
  const violations: string[] = [];
  let slowest = 0;
  const start = performance.now();
  for (let k = seed; k < seed + count; k++) {
    const { kind, violation, milliseconds } = await outcomeOf(reader, k);
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    slowest = Math.max(slowest, milliseconds);
    if (violation !== null) violations.push(`${reader.name}, seed ${k}: ${violation}`);
    else if (milliseconds > MOST_MILLISECONDS)
      violations.push(`${reader.name}, seed ${k}: ${milliseconds.toFixed(0)} ms`);
  }
  const seconds = (performance.now() - start) / 1000;
  const shares = [...kinds].sort(([, a], [, b]) => b - a).map(([kind, files]) => `${kind} ${files}`);
  print(
    `| ${reader.name} | ${shares.join(", ")} | ${slowest.toFixed(1)} ms | ${seconds.toFixed(0)} s | ${violations.length} |`,
  );
  return violations;
}

print(`${cpus()[0].model}, node ${process.version}, ${new Date().toISOString().slice(0, 10)}`);
print(`\n${count} files for each reader from seed ${seed}\n`);
print("| reader | outcome | slowest | in all | violations |\n|---|---|---|---|---|");
const violations: string[] = [];
for (const reader of READERS) violations.push(...(await fuzz(reader)));
print(`\npeak memory ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MiB`);
for (const violation of violations.slice(0, MOST_REPORTED)) print(violation);
process.exitCode = violations.length === 0 ? 0 : 1;
