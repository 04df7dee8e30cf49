/** forward + ∂h_t/∂h_{t-1} after warm-up, beside C, PyTorch, numpy and JAX. */
import { exampleCell } from "../../src/input/example.ts";
import { parseCell } from "../../src/input/parse-cell.ts";
import type { Cell } from "../../src/lstm/cell.ts";
import { forward } from "../../src/lstm/forward.ts";
import { jacobian } from "../../src/lstm/jacobian.ts";
import { jsonChunks } from "../../src/render/json.ts";
import { type Peers, printBeside } from "./beside.ts";
import { growthExponent } from "./statistics.ts";

export const SIZES = [4, 16, 64, 256, 1024];
const KERNELS = [
  "C",
  "jacobian",
  "jacobian-vectorize",
  "closed-form-pytorch",
  "closed-form-numpy",
  "jacfwd-jax",
  "closed-form-jax",
];
const ROUNDS = 5;

export async function benchKernel(print: (line: string) => void, peers: Peers): Promise<void> {
  print(`forward + ∂h_t/∂h_{t-1}, H = I, warm, ${ROUNDS} interleaved rounds; others as multiples of our time`);
  const medians = await printBeside(print, peers, {
    sizes: SIZES,
    kernels: KERNELS,
    rounds: ROUNDS,
    warmUps: 30,
    runOf: (H) => {
      const cell = exampleOf(H);
      return () => void jacobian(forward(cell), "h_t", "h_prev");
    },
  });
  const growth = (name: string) => growthExponent(SIZES.slice(2), medians.get(name)!.slice(2)).toFixed(2);
  print(`growth exponent from 64 to 1024: ${growth("dlstm")}; of C ${growth("C")} (bar: C's + 0.1)`);
}

/** The example cell of this size. */
export function exampleOf(H: number): Cell {
  return parseCell(JSON.parse([...jsonChunks(exampleCell(H, H, 1))].join("")));
}
