/** forward + ∂h_t/∂h_{t-1} after warm-up, beside PyTorch and numpy, interleaved round by round. */
import { exampleCell } from "../../src/input/example.ts";
import { parseCell } from "../../src/input/parse-cell.ts";
import { forward } from "../../src/lstm/forward.ts";
import { jacobian } from "../../src/lstm/jacobian.ts";
import { jsonChunks } from "../../src/render/json.ts";
import { startPython } from "../helpers/python.ts";
import { growthExponent, median, show, spread } from "./statistics.ts";
import { repetitions, timed } from "./timed.ts";

export const SIZES = [4, 16, 64, 256, 1024];
const PEERS = ["jacobian", "jacobian-vectorize", "closed-form-pytorch", "closed-form-numpy"];
const ROUNDS = 5;

/** Prints a table row a size: our time, and how many times longer each peer takes. */
export async function benchKernel(print: (line: string) => void): Promise<void> {
  const peers = await startPython("test/bench/peers.py");
  print(
    `forward + ∂h_t/∂h_{t-1}, H = I, warm, ${ROUNDS} interleaved rounds; peers as multiples of our time; ${peers.versions}`,
  );
  const ours: number[] = [];
  for (const H of SIZES) {
    const run = ourRun(H);
    const times: number[] = [];
    const ratios = new Map<string, number[]>(PEERS.map((peer) => [peer, []]));
    const counts = new Map<string, number>();
    for (let round = 0; round < ROUNDS; round++) {
      const time = timed(run);
      times.push(time);
      for (const peer of PEERS) {
        const answer = await peers.ask(`${peer} ${H} ${counts.get(peer) ?? 1}`);
        if (answer === "absent") continue;
        counts.set(peer, repetitions(Number(answer)));
        // the first round told how long a run takes
        if (round > 0) ratios.get(peer)!.push(Number(answer) / time);
      }
    }
    ours.push(median(times));
    const columns = PEERS.map(
      (peer) => `${peer} ${ratios.get(peer)!.length ? show(spread(ratios.get(peer)!), 1) : "absent"}`,
    );
    print(`H = ${H}: ${median(times).toFixed(1)} µs; ${columns.join("; ")}`);
  }
  print(`growth exponent from 64 to 1024: ${growthExponent(SIZES.slice(2), ours.slice(2)).toFixed(2)} (bar 2.2)`);
  peers.stop();
}

function ourRun(H: number): () => void {
  const cell = parseCell(JSON.parse([...jsonChunks(exampleCell(H, H, 1))].join("")));
  return () => void jacobian(forward(cell), "h_t", "h_prev");
}
