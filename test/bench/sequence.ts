/** ∂(h_T, c_T)/∂(h_0, c_0) and the gradients of a sequence after warm-up, beside PyTorch and numpy. */
import { exampleCell } from "../../src/input/example.ts";
import { parseCell } from "../../src/input/parse-cell.ts";
import { backward } from "../../src/lstm/backward.ts";
import type { Cell } from "../../src/lstm/cell.ts";
import { sequenceJacobian } from "../../src/lstm/sequence-jacobian.ts";
import { unroll } from "../../src/lstm/unroll.ts";
import { jsonChunks } from "../../src/render/json.ts";
import { type Peers, printBeside } from "./beside.ts";

const STEPS = 100;

export async function benchSequence(print: (line: string) => void, peers: Peers): Promise<void> {
  print(`∂s_T/∂s_0 of T = ${STEPS} steps, H = I, warm; others as multiples of our time`);
  await printBeside(print, peers, {
    sizes: [8, 64, 128],
    kernels: ["sequence-jacobian", "sequence-jacobian-vectorize", "sequence-closed-form-numpy"],
    rounds: 5,
    warmUps: 5,
    runOf: (H) => {
      const cell = sequenceOf(H);
      return () => void sequenceJacobian(unroll(cell));
    },
  });
  print(`\nbackward through T = ${STEPS} steps, by all weights and inputs, H = I, warm; nn.LSTM's autograd in float64`);
  await printBeside(print, peers, {
    sizes: [8, 64, 256],
    kernels: ["backward-lstm"],
    rounds: 5,
    warmUps: 5,
    runOf: (H) => {
      const cell = sequenceOf(H);
      return () => void backward(cell);
    },
  });
}

/** The example cell of this size with a sequence in which the example's x_t moves on step by step. */
function sequenceOf(H: number): Cell {
  const example = JSON.parse([...jsonChunks(exampleCell(H, H, 1))].join(""));
  const { x_t, ...rest } = example;
  const x = Array.from({ length: STEPS }, (_, t) => x_t.map((_: number, k: number) => x_t[(k + t) % H]));
  return parseCell({ ...rest, x });
}
