/** npm run mutate [-- COUNT [SEED [PREFIX]]]: small changes to the source, drawn at random; how many of them a test notices. */
import { readdirSync, readFileSync } from "node:fs";
import { cpus } from "node:os";
import { Dice } from "../fuzz/mutate.ts";
import { EQUIVALENT } from "./equivalent.ts";
import { Judge } from "./judge.ts";
import { type Mutant, mutantsOf } from "./mutants.ts";
import { reachOf } from "./reach.ts";

const FLOORS = ["src/linalg", "src/lstm", "src/grade"];
/** The tests of these floors and the identities, */
const TESTS = ["test/linalg", "test/lstm", "test/grade", "test/properties"];
/** but none that runs the whole tool, which takes long, or that counts work, which depends on what ran before. */
const WITHOUT = ["src/cli/main.ts", "test/helpers/counted-work.ts"];
/** Of the mutants drawn, at least this share is to be killed. */
const REQUIRED = 0.93;

const print = (line: string) => void process.stdout.write(`${line}\n`);
const [count = "400", seed = "0", prefix = ""] = process.argv.slice(2);
const judge = new Judge();

const filesIn = (folders: readonly string[], ending: string) =>
  folders
    .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => `${folder}/${name}`))
    // what is compiled before it is tested is compared with the loops that it stands for
    .filter((file) => file.endsWith(ending) && !file.includes("/assembly/"))
    .sort();

/** An entry of the list that fits no mutant any more is worse than none: somebody believes it. */
function withoutEquivalent(mutants: readonly Mutant[]): Mutant[] {
  const keyOf = ({ file, was, is }: Pick<Mutant, "file" | "was" | "is">) => JSON.stringify([file, was, is]);
  const [listed, known] = [EQUIVALENT, mutants].map((list) => new Set(list.map(keyOf)));
  const stale = [...listed].filter((key) => !known.has(key));
  if (stale.length > 0) throw new Error(`test/mutate/equivalent.ts lists what is no mutant: ${stale.join("\n")}`);
  return mutants.filter((mutant) => !listed.has(keyOf(mutant)));
}

/** In an order in which each is as likely as any other at any place: who is left out later changes nothing of the rest. */
function shuffled(mutants: readonly Mutant[]): Mutant[] {
  const dice = new Dice(Number(seed));
  const left = [...mutants];
  return mutants.map(() => left.splice(dice.below(left.length), 1)[0]);
}

/** A few tests at a time: what is loaded beside the one that notices is loaded for nothing. */
async function isKilled(mutant: Mutant, tests: readonly string[]): Promise<boolean> {
  for (const batch of [tests.slice(0, 2), tests.slice(2, 8), tests.slice(8)]) {
    if (batch.length > 0 && (await judge.failing({ mutant, tests: batch, bail: 1 }))?.length !== 0) return true;
  }
  return false;
}

const everyone = filesIn(FLOORS, ".ts").flatMap((file) => mutantsOf(file, readFileSync(file, "utf8")));
const candidates = withoutEquivalent(shuffled(everyone)).filter(({ file }) => file.startsWith(prefix));
const sample = candidates.slice(0, Number(count));
const reaches = filesIn(TESTS, ".test.ts")
  .map((test) => ({ test, reach: reachOf(test) }))
  .filter(({ reach }) => !WITHOUT.some((file) => reach.has(file)));
const tests = reaches.map(({ test }) => test);
const red = (await judge.failing({ mutant: null, tests, bail: 0 })) ?? tests;
if (red.length > 0) throw new Error(`without a mutant these fail: ${red.join(", ")}`);
print(`${cpus()[0].model}, node ${process.version}, ${new Date().toISOString().slice(0, 10)}\n`);
print(
  `${sample.length} of ${everyone.length} mutants from seed ${seed}, ${EQUIVALENT.length} left out as equivalent\n`,
);
const survived: Mutant[] = [];
for (const [k, mutant] of sample.entries()) {
  process.stderr.write(`\r${k} of ${sample.length}, ${survived.length} survived `);
  // the nearest first: most likely it is they that notice
  const near = reaches.filter(({ reach }) => reach.has(mutant.file));
  near.sort((a, b) => a.reach.get(mutant.file)! - b.reach.get(mutant.file)!);
  const order = near.map(({ test }) => test);
  if (await isKilled(mutant, order)) continue;
  survived.push(mutant);
  print(`${mutant.file}:${mutant.line}\n  - ${mutant.was}\n  + ${mutant.is}`);
}
judge.stop();
print("\n| | mutants | killed | survived |\n|---|---|---|---|");
for (const floor of [...FLOORS, "src"]) {
  const [all, alive] = [sample, survived].map((set) => set.filter(({ file }) => file.startsWith(`${floor}/`)).length);
  if (all > 0) print(`| ${floor} | ${all} | ${all - alive} (${(100 * (1 - alive / all)).toFixed(1)} %) | ${alive} |`);
}
process.exitCode = survived.length <= (1 - REQUIRED) * sample.length ? 0 : 1;
