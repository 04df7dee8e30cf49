/** npm run engines [-- CELLS]: the recipes on the page beside it, run over many cells, against one process. */
import { spawn, spawnSync } from "node:child_process";
import {
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { writeCells } from "./cells.ts";

const BIN = resolve("bin/dlstm.cjs");
const PAGE = readFileSync("test/engines/README.md", "utf8");
const count = Number(process.argv[2] ?? 1e5);

const folder = mkdtempSync(join(tmpdir(), "dlstm-engines-"));
const programs = join(folder, "bin");
mkdirSync(programs);
symlinkSync(BIN, join(programs, "dlstm"));
const env = { ...process.env, PATH: [programs, process.env.PATH].join(delimiter), PARALLEL_HOME: folder };
// parallel asks to be cited, once for each home
symlinkSync("/dev/null", join(folder, "will-cite"));

const print = (text: string) => void process.stdout.write(`${text}\n`);
const has = (command: string, ...args: string[]) => spawnSync(command, args, { env, stdio: "ignore" }).status === 0;

/** The recipe that holds a word. */
function recipe(language: string, word: string): string {
  const blocks = [...PAGE.matchAll(/^```(\w+)\n(.*?)^```/gms)];
  const found = blocks.find(([, own, text]) => own === language && text.includes(word));
  if (!found) throw new Error(`no recipe of ${language} with ${word} on the page`);
  return found[2];
}

/** A folder of its own for each recipe. */
function room(name: string): string {
  const path = join(folder, name);
  mkdirSync(path);
  symlinkSync(join(folder, "cells.ndjson"), join(path, "cells.ndjson"));
  return path;
}

function bash(script: string, cwd: string): void {
  const { status, stderr } = spawnSync("bash", ["-euo", "pipefail", "-c", script], { cwd, env, encoding: "utf8" });
  if (status !== 0) throw new Error(`ended with ${status}: ${stderr}`);
}

/** How many lines differ between a file and what one process made; `line` counts within blocks. */
async function differences(path: string): Promise<number> {
  const plain = (text: string) => text.replace(/^\{"line":\d+,/, "{");
  const lines = (file: string) => createInterface(createReadStream(file))[Symbol.asyncIterator]();
  const [ours, theirs] = [lines(join(folder, "one.ndjson")), lines(path)];
  for (let different = 0; ; ) {
    const [a, b] = [await ours.next(), await theirs.next()];
    if (a.done && b.done) return different;
    if (a.done || b.done || plain(a.value) !== plain(b.value)) different += 1;
  }
}

async function judge(name: string, path: string, run: () => void | Promise<void>): Promise<void> {
  const start = performance.now();
  await run();
  const seconds = (performance.now() - start) / 1000;
  const different = await differences(path);
  const rate = `${Math.round(count / seconds)} cells/s`;
  print(`${name}: ${different === 0 ? "the same as one process" : `${different} lines differ`}, ${rate}`);
  if (different > 0) process.exitCode = 1;
}

/** Runs a recipe, kills it as soon as some of its jobs are done, waits for those that outlive it, and runs it again. */
async function killAndResume(script: string, cwd: string): Promise<void> {
  const log = join(cwd, "jobs.log");
  const ended = () => (existsSync(log) ? readFileSync(log, "utf8").trimEnd().split("\n").length - 1 : 0);
  const child = spawn("bash", ["-euo", "pipefail", "-c", script], { cwd, env, detached: true, stdio: "ignore" });
  while (ended() < 2 && child.exitCode === null) await new Promise((again) => setTimeout(again, 20));
  process.kill(-(child.pid as number), "SIGKILL");
  await new Promise((done) => child.once("close", done));
  // they have groups of their own, and would write the beginning of a block over the whole one
  while (has("pgrep", "-f", `node ${join(programs, "dlstm")}`)) await new Promise((again) => setTimeout(again, 100));
  const before = readdirSync(join(cwd, "blocks")).length;
  bash(script, cwd);
  print(`  killed after ${before} blocks, ${readdirSync(join(cwd, "blocks")).length} in the end`);
}

writeCells(join(folder, "cells.ndjson"), count);
print(`${count} cells of H = I = 2, each 1009th bad`);
await judge("one process", join(folder, "one.ndjson"), () =>
  bash("dlstm forward --ndjson --keep-going < cells.ndjson > one.ndjson", folder),
);
const two =
  "{ head -n $((N / 2)) cells.ndjson | dlstm forward --ndjson --keep-going > a & tail -n +$((N / 2 + 1)) cells.ndjson";
const inTwo = room("two");
await judge("two processes", join(inTwo, "results.ndjson"), () =>
  bash(`N=${count}; ${two} | dlstm forward --ndjson --keep-going > b & wait; }; cat a b > results.ndjson`, inTwo),
);
if (has("parallel", "--version")) {
  const [inOrder, resumed] = [room("parallel"), room("resumed")];
  await judge("GNU parallel", join(inOrder, "results.ndjson"), () => bash(recipe("sh", "--keep-order"), inOrder));
  await judge("GNU parallel, killed and resumed", join(resumed, "results.ndjson"), () =>
    killAndResume(recipe("sh", "--resume-failed"), resumed),
  );
} else print("SKIPPED: GNU parallel is not installed");
if (has("xargs", "--version")) {
  const files = room("xargs");
  await judge("xargs -P", join(files, "results.ndjson"), () => bash(recipe("sh", "xargs -P 2 -I"), files));
} else print("SKIPPED: xargs is not installed");
if (has("python3", "-c", "import pyspark") && has("java", "-version")) {
  const spark = room("spark");
  const script = recipe("python", "pyspark").replace("/usr/local/bin/dlstm", join(programs, "dlstm"));
  await judge("Spark", join(spark, "results.ndjson"), () => {
    const { status, stderr } = spawnSync("python3", ["-c", script], { cwd: spark, env, encoding: "utf8" });
    if (status !== 0) throw new Error(`Spark ended with ${status}: ${stderr}`);
    bash("cat results/part-* > results.ndjson", spark);
  });
} else print("SKIPPED: PySpark or Java is not installed");
rmSync(folder, { recursive: true });
