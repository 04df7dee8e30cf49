/** Whole processes: the one-off query against `node -e 0`, and a large file against reading and parsing it alone. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import process from "node:process";
import { median, type Spread, show, spread } from "./statistics.ts";

export const DLSTM = "bin/dlstm.cjs";
const CELL = "fixtures/homework6.json";
const MEBIBYTE = 2 ** 20;

/** A program's run as a multiple of another's, run in turn. */
interface Comparison {
  readonly time: Spread;
  readonly memory: Spread;
  /** The first program's own peak, in MiB. */
  readonly peak: number;
}

type Arguments = readonly string[];

function runOnce(
  node: string,
  args: Arguments,
  preload: Arguments = [],
  statuses: readonly (number | null)[] = [0],
): { seconds: number; peak: number } {
  const start = performance.now();
  const child = spawnSync(node, [...preload, ...args], {
    // what is printed is not the question here
    stdio: ["ignore", "ignore", "pipe", "pipe"],
    maxBuffer: 2 ** 30,
  });
  const seconds = (performance.now() - start) / 1000;
  if (!statuses.includes(child.status)) throw new Error(`node ${args.join(" ")}: ${child.error ?? child.stderr}`);
  return { seconds, peak: Number(String(child.output[3])) / 1024 };
}

const PEAK_MEMORY = ["--require", resolve("test/bench/peak-memory.cjs")];

export function compare(node: string, a: Arguments, b: Arguments, runs: number): Comparison {
  const pairs = (count: number, preload: Arguments) =>
    Array.from({ length: count + 1 }, () => [runOnce(node, a, preload), runOnce(node, b, preload)] as const).slice(1);
  const memory = pairs(3, PEAK_MEMORY);
  return {
    time: spread(pairs(runs, []).map(([x, y]) => x.seconds / y.seconds)),
    memory: spread(memory.map(([x, y]) => x.peak / y.peak)),
    peak: median(memory.map(([x]) => x.peak)),
  };
}

/** The time of a as a multiple of b's, run in turn by this node. */
export function compareTimes(a: Arguments, b: Arguments, runs: number, statuses: readonly number[] = [0]): Spread {
  const seconds = (args: Arguments) => runOnce(process.execPath, args, [], statuses).seconds;
  const ratios = Array.from({ length: runs + 1 }, () => seconds(a) / seconds(b));
  return spread(ratios.slice(1));
}

/** What one process is asked, with the bar on Node 20 and, with code that is kept, on later versions. */
const QUESTIONS = [
  ["--json", [DLSTM, CELL, "--json"], 1.3, 1.45],
  ["table", [DLSTM, CELL], 1.45, 1.8],
  ["--version", [DLSTM, "--version"], 1.1, 1.2],
] as const;

/** The one-off query on the homework's cell, for each node binary; without kept code too, where the version keeps any. */
export function benchStart(print: (line: string) => void, nodes: readonly string[], runs = 30): void {
  print(`one process, as multiples of node -e 0, ${runs} interleaved runs`);
  for (const node of nodes) {
    const version = String(spawnSync(node, ["--version"]).stdout).trim();
    const keepsCode = Number.parseInt(version.slice(1), 10) >= 22;
    for (const [name, args, of20, later] of QUESTIONS) {
      const { time, memory, peak } = compare(node, args, ["-e", "0"], runs);
      const bars = `(bar ${keepsCode ? later : of20}), memory ${show(memory)} (bar 1.25), ${peak.toFixed(0)} MiB`;
      print(`node ${version} ${name}: time ${show(time)} ${bars}`);
      if (!keepsCode) continue;
      process.env.NODE_DISABLE_COMPILE_CACHE = "1";
      print(`node ${version} ${name}, no code kept: time ${show(compare(node, args, ["-e", "0"], runs).time)}`);
      delete process.env.NODE_DISABLE_COMPILE_CACHE;
    }
  }
}

/** A cell of H = I = 512 (42 MiB): forward and jacobian against reading and JSON.parse of that file alone. */
export function benchFile(print: (line: string) => void, runs = 7): void {
  const folder = mkdtempSync(join(tmpdir(), "dlstm-bench-"));
  const file = join(folder, "cell.json");
  const node = process.execPath;
  runOnce(node, [DLSTM, "schema", "cell", "--example", "--hidden", "512", "--input", "512", "-o", file]);
  const size = statSync(file).size / MEBIBYTE;
  const parse = ["-e", `JSON.parse(require("fs").readFileSync(${JSON.stringify(file)}, "utf8"))`];
  print(
    `a cell of H = I = 512, ${size.toFixed(1)} MiB, as multiples of reading and JSON.parse alone, ${runs} interleaved runs`,
  );
  for (const [name, args, bar] of [
    ["forward --json", [DLSTM, "forward", "--json", file], "bar 2"],
    ["jacobian --of h_t --json", [DLSTM, "jacobian", "--of", "h_t", "--json", file], "no bar"],
  ] as const) {
    const { time, peak } = compare(node, args, parse, runs);
    print(`${name}: time ${show(time)} (${bar}), peak memory ${(peak / size).toFixed(2)} × the file (bar 6)`);
  }
  rmSync(folder, { recursive: true });
}
