/** ∂(h_T, c_T)/∂(h_0, c_0) of a sequence after warm-up, beside PyTorch, interleaved round by round. */
import { exampleCell } from "../../src/input/example.ts";
import { parseCell } from "../../src/input/parse-cell.ts";
import type { Cell } from "../../src/lstm/cell.ts";
import { sequenceJacobian } from "../../src/lstm/sequence-jacobian.ts";
import { unroll } from "../../src/lstm/unroll.ts";
import { jsonChunks } from "../../src/render/json.ts";
import { startPython } from "../helpers/python.ts";
import { median, show, spread } from "./statistics.ts";
import { timed } from "./timed.ts";

const PEERS = ["sequence-jacobian", "sequence-jacobian-vectorize"];
const ROUNDS = 5;
const STEPS = 100;
const SIZES = [8, 32, 128];

/** Prints a line a size: our time, and how many times longer each peer takes. */
export async function benchSequence(print: (line: string) => void): Promise<void> {
  const peers = await startPython("test/bench/peers.py");
  print(`∂s_T/∂s_0 of T = ${STEPS} steps, H = I, warm, ${ROUNDS} interleaved rounds; peers as multiples of our time`);
  for (const H of SIZES) {
    const cell = sequenceOf(H);
    const ours: number[] = [];
    const ratios = new Map<string, number[]>(PEERS.map((peer) => [peer, []]));
    for (let round = 0; round < ROUNDS; round++) {
      ours.push(timed(() => void sequenceJacobian(unroll(cell)), 2));
      for (const peer of PEERS) {
        const answer = await peers.ask(`${peer} ${H} 1`);
        if (answer !== "absent") ratios.get(peer)!.push(Number(answer) / ours[round]);
      }
    }
    const columns = PEERS.map(
      (peer) => `${peer} ${ratios.get(peer)!.length ? show(spread(ratios.get(peer)!), 1) : "absent"}`,
    );
    print(`H = ${H}: ${(median(ours) / 1000).toFixed(1)} ms; ${columns.join("; ")}`);
  }
  peers.stop();
}

/** The example cell of this size with a sequence in which the example's x_t moves on step by step. */
function sequenceOf(H: number): Cell {
  const example = JSON.parse([...jsonChunks(exampleCell(H, H, 1))].join(""));
  const { x_t, ...rest } = example;
  const x = Array.from({ length: STEPS }, (_, t) => x_t.map((_: number, k: number) => x_t[(k + t) % H]));
  return parseCell({ ...rest, x });
}
