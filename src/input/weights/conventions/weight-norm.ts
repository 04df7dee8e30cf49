/**
 * Weight normalisation (Salimans and Kingma, 2016) of PyTorch, which computes the weights from two tensors when the
 * module runs: W = g · v / ‖v‖, the norm over all axes but those of g.
 */

import { failure } from "../../../errors.ts";
import { euclideanNorm } from "../../../linalg/norm.ts";
import { toDoubles } from "../../../linalg/real-vector.ts";
import { excerpt } from "../../excerpt.ts";
import type { Tensor } from "../tensor.ts";
import type { Weights } from "../weights.ts";

/** torch.nn.utils.parametrizations.weight_norm, and the older torch.nn.utils.weight_norm; of recurrent weights only. */
const WEIGHT = "weight_(?:ih|hh)(?:_l\\d+(?:_reverse)?)?";
const MAGNITUDES: readonly (readonly [magnitude: RegExp, direction: string])[] = [
  [new RegExp(`^((?:.*[./])?)parametrizations[./](${WEIGHT})[./]original0$`), "original1"],
  [new RegExp(`^((?:.*[./])?)(${WEIGHT})_g$`), "_v"],
];

/** The weights under the names that they have without it, in the places of what they are computed from. */
export function foldWeightNorm(weights: Weights): Weights {
  const byName = new Map(weights.tensors.map((tensor) => [tensor.name, tensor]));
  const folded = new Map<Tensor, Tensor>();
  const used = new Set<Tensor>();
  for (const g of weights.tensors) {
    for (const [pattern, suffix] of MAGNITUDES) {
      const match = pattern.exec(g.name);
      const v = match && byName.get(g.name.slice(0, suffix === "_v" ? -2 : -"original0".length) + suffix);
      if (!match || !v || !isMagnitude(g.shape, v.shape)) continue;
      const name = match[1] + match[2];
      folded.set(v, normed(name, g, v));
      used.add(g);
      // the module keeps what it computed last, which may be old
      const stale = byName.get(name);
      if (stale) used.add(stale);
    }
  }
  if (folded.size === 0) return weights;
  const tensors = weights.tensors.filter((tensor) => !used.has(tensor)).map((tensor) => folded.get(tensor) ?? tensor);
  return { ...weights, tensors };
}

/** A magnitude of each row (dim 0, the default), of each column, or of all. */
function isMagnitude(g: readonly number[], v: readonly number[]): boolean {
  if (v.length !== 2) return false;
  const isOne = g.every((length) => length === 1);
  return isOne || (g.length === 2 && ((g[0] === v[0] && g[1] === 1) || (g[0] === 1 && g[1] === v[1])));
}

function normed(name: string, g: Tensor, v: Tensor): Tensor {
  const values = () => {
    const magnitudes = g.values();
    const out = v.values();
    spansOf(g.shape, v.shape).forEach((span, k) => {
      scale(out, span, magnitudes[k], `${excerpt(v.name)}${g.shape.length === 0 ? "" : `, part ${k}`}`);
    });
    return out;
  };
  return { name, shape: v.shape, type: v.type, values };
}

/** Entries of a matrix with the same distance between them: a row, a column, or all. */
interface Span {
  readonly start: number;
  readonly step: number;
  readonly count: number;
}

function spansOf(g: readonly number[], [rows, columns]: readonly number[]): Span[] {
  const count = g.reduce((product, length) => product * length, 1);
  if (count === 1) return [{ start: 0, step: 1, count: rows * columns }];
  const isPerRow = g[0] === rows && g[1] === 1;
  return Array.from({ length: count }, (_, k) =>
    isPerRow ? { start: k * columns, step: 1, count: columns } : { start: k, step: columns, count: rows },
  );
}

/** Makes the norm of a span its magnitude. */
function scale(out: Float64Array, { start, step, count }: Span, magnitude: number, place: string): void {
  const [norm] = toDoubles(euclideanNorm(Float64Array.from({ length: count }, (_, k) => out[start + k * step])));
  if (norm === 0) {
    throw failure("not-a-number", "all zero, which weight normalisation divides by: 0/0, expected a direction", {
      place,
    });
  }
  for (let k = 0; k < count; k++) out[start + k * step] *= magnitude / norm;
}
