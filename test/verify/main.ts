/** npm run verify [-- CELLS [SEQUENCES [SEED]]]: our own derivatives pass their check, and planted errors do not. */
import { cpus } from "node:os";
import { type Outcome, outcomeOf } from "./planted.ts";
import { randomNative } from "./random-cells.ts";

const print = (line: string) => void process.stdout.write(`${line}\n`);
const [cells = 2000, sequences = 500, seed = 0] = process.argv.slice(2).map(Number);

/** As many as are asked for whose forward pass is within the doubles; the others are counted. */
function runOver(name: string, wanted: number, nativeOf: (k: number) => unknown): number {
  let [done, beyond, entries, planted, faulty] = [0, 0, 0, 0, 0];
  for (let k = seed; done < wanted; k++) {
    const outcome: Outcome = outcomeOf(nativeOf(k));
    if (outcome.entries === null) {
      beyond += 1;
      continue;
    }
    done += 1;
    entries += outcome.entries;
    planted += outcome.planted;
    for (const fault of outcome.faults) {
      faulty += 1;
      if (faulty <= 10) print(`${name}, seed ${k}: ${fault}`);
    }
  }
  print(`| ${name} | ${done} | ${beyond} | ${entries} | ${planted} | ${faulty} |`);
  return faulty;
}

print(`${cpus()[0]?.model}, node ${process.version}, from seed ${seed}\n`);
print("| | checked | beyond the doubles | own entries | planted errors | faults |\n|---|---|---|---|---|---|");
const faults =
  runOver("cells", cells, (k) => randomNative(k, null)) +
  runOver("sequences", sequences, (k) => randomNative(k + 1_000_000, 1 + (k % 6)));
process.exitCode = faults === 0 ? 0 : 1;
