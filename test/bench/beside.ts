/** A kernel after warm-up beside those of other programs, interleaved round by round. */
import { spawnSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { absentPeer, type Peer, startPeer, startPython } from "../helpers/python.ts";
import { median, show, spread } from "./statistics.ts";
import { repetitions, timed } from "./timed.ts";

/** The programs that have kernels to compare with. */
export interface Peers {
  readonly python: Peer;
  readonly c: Peer;
}

export async function startPeers(): Promise<Peers> {
  return { python: await startPython("test/bench/peers.py"), c: await startCompiled("test/bench/kernel.c") };
}

/** The program as gcc compiles it for this machine; absent without gcc, or where the processor lacks what it asks for. */
async function startCompiled(source: string): Promise<Peer> {
  const program = join(mkdtempSync(join(tmpdir(), "dlstm-bench-")), "kernel");
  const flags = ["-O3", "-march=native", "-ffp-contract=off"];
  const { status } = spawnSync("gcc", [...flags, "-o", program, source, "-lm"], { stdio: "ignore" });
  return status === 0 ? startPeer(program) : absentPeer("C");
}

export function stop({ python, c }: Peers): void {
  python.stop();
  c.stop();
}

export interface Comparison {
  readonly sizes: readonly number[];
  /** Kernels of {@link Peers}: those of Python by their names, "C" for that of C. */
  readonly kernels: readonly string[];
  readonly rounds: number;
  /** How often ours runs before it is timed. */
  readonly warmUps: number;
  readonly runOf: (H: number) => () => void;
}

/** Prints a line a size: our time, and how many times as long each other takes. Returns the medians of ours and of theirs in µs. */
export async function printBeside(
  print: (line: string) => void,
  { python, c }: Peers,
  { sizes, kernels, rounds, warmUps, runOf }: Comparison,
): Promise<Map<string, number[]>> {
  const medians = new Map<string, number[]>(["dlstm", ...kernels].map((name) => [name, []]));
  for (const H of sizes) {
    const run = runOf(H);
    const times = new Map<string, number[]>([...medians.keys()].map((name) => [name, []]));
    const counts = new Map<string, number>();
    for (let round = 0; round <= rounds; round++) {
      const ours = timed(run, round === 0 ? warmUps : 1);
      for (const kernel of kernels) {
        const answer = await (kernel === "C" ? c : python).ask(`${kernel} ${H} ${counts.get(kernel) ?? 1}`);
        if (answer === "absent") continue;
        counts.set(kernel, repetitions(Number(answer)));
        // the first round told how long a run takes
        if (round > 0) times.get(kernel)!.push(Number(answer));
      }
      if (round > 0) times.get("dlstm")!.push(ours);
    }
    for (const [name, own] of times) medians.get(name)!.push(median(own));
    const ours = times.get("dlstm")!;
    const columns = kernels.map((kernel) => {
      const ratios = times.get(kernel)!.map((time, round) => time / ours[round]);
      return `${kernel} ${ratios.length > 0 ? show(spread(ratios)) : "absent"}`;
    });
    print(`H = ${H}: ${median(ours).toFixed(1)} µs; ${columns.join("; ")}`);
  }
  return medians;
}
