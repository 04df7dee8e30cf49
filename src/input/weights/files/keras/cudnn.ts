/**
 * The arrays of CuDNNLSTM as those of LSTM, as Keras itself converts them. Their shapes are the same but for the bias, and their
 * layout is cuDNN's: within each gate's block [I × H] of the kernel, the numbers in their order in memory are W_g [H × I] row by
 * row; a block [H × H] of the recurrent kernel is U_g, not its transpose; the two halves of the bias [8H] are added
 * up, in double precision where Keras rounds to single.
 */

import { copyStrided, inOrder, type View } from "../../strided.ts";
import type { Tensor } from "../../tensor.ts";

const GATES = 4;

export interface Relaid {
  readonly tensors: readonly Tensor[];
  /** The names of the layers, whose gates' activation is always sigmoid. */
  readonly layers: readonly string[];
}

/** Layers with a bias of 8H are relaid; all other tensors stay as they are. */
export function relaidCudnn(tensors: readonly Tensor[]): Relaid {
  const byName = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  const relaid = new Map<Tensor, Tensor>();
  const layers: string[] = [];
  for (const bias of tensors) {
    const name = /^(.*?)bias(:0)?$/s.exec(bias.name);
    const [kernel, recurrent] = ["kernel", "recurrent_kernel"].map((part) =>
      byName.get(`${name?.[1]}${part}${name?.[2] ?? ""}`),
    );
    if (name === null || kernel === undefined || recurrent === undefined) continue;
    const [I, H] = [kernel.shape[0], recurrent.shape[0]];
    const isCudnn =
      kernel.shape.join() === [I, GATES * H].join() &&
      recurrent.shape.join() === [H, GATES * H].join() &&
      bias.shape.join() === String(2 * GATES * H);
    if (!isCudnn) continue;
    layers.push(name[1].replace(/\/$/, ""));
    relaid.set(kernel, { ...kernel, values: () => kernelOf(kernel.values(), I, H) });
    relaid.set(recurrent, { ...recurrent, values: () => recurrentOf(recurrent.values(), H) });
    relaid.set(bias, { ...bias, shape: [GATES * H], values: () => biasOf(bias.values()) });
  }
  return { tensors: tensors.map((tensor) => relaid.get(tensor) ?? tensor), layers };
}

/** kernel[k, gH + r] = W_g[r, k], the (rI + k)-th number of its block. */
function kernelOf(values: Float64Array, I: number, H: number): Float64Array {
  const blocks = inOrder(values, { offset: 0, shape: [GATES, I, H], strides: [H, GATES * H, 1] });
  return relaidBlocks(blocks, { offset: 0, shape: [GATES, H, I], strides: [H * I, I, 1] });
}

/** recurrent_kernel[k, gH + r] = U_g[r, k], which stands at [r, gH + k]. */
function recurrentOf(values: Float64Array, H: number): Float64Array {
  return relaidBlocks(values, { offset: 0, shape: [GATES, H, H], strides: [H, GATES * H, 1] });
}

/** The array whose entry [k, gH + r] is the entry (g, r, k) of a view. */
function relaidBlocks(values: Float64Array, blocks: View): Float64Array {
  const out = new Float64Array(values.length);
  const [, H] = blocks.shape;
  copyStrided(values, blocks, out, { offset: 0, strides: [H, 1, GATES * H] });
  return out;
}

function biasOf(values: Float64Array): Float64Array {
  const half = values.length / 2;
  return Float64Array.from({ length: half }, (_, k) => values[k] + values[half + k]);
}
