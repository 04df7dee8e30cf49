/** The Hessian by (h_{t-1}, c_{t-1}, x_t) after warm-up, forward pass included, beside PyTorch and JAX. */
import { hessian } from "../../src/lstm/hessian.ts";
import { type Peers, printBeside } from "./beside.ts";
import { exampleOf } from "./kernel.ts";

export async function benchHessian(print: (line: string) => void, peers: Peers): Promise<void> {
  print("∂²L/∂(h_{t-1}, c_{t-1}, x_t)², H = I, warm; others as multiples of our time");
  await printBeside(print, peers, {
    sizes: [8, 32, 64],
    kernels: ["hessian", "hessian-vectorize", "hessian-jax"],
    rounds: 5,
    warmUps: 300,
    runOf: (H) => {
      const cell = exampleOf(H);
      return () => void hessian(cell);
    },
  });
}
