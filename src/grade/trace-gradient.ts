import { affine } from "../linalg/affine.ts";
import { type Matrix, zeros } from "../linalg/matrix.ts";
import { addOuterProduct, addTransposedProduct } from "../linalg/rank-one.ts";
import { stepGradient } from "../lstm/backward.ts";
import type { Trace } from "../lstm/forward.ts";
import { GATES } from "../lstm/names.ts";
import type { BackwardResult, GradientKey } from "../lstm/results/records.ts";
import { upstreamAt } from "../lstm/upstream.ts";

/** The graded parts of what `backward` gives. */
export type TraceGradient = Pick<BackwardResult, "loss" | "gradient">;

/**
 * The gradients of L = Σ dh_t·h_t + dc_t·c_t of one step, from whatever its trace says: `backward` itself starts from a
 * cell and so knows none but the right trace.
 *
 *     dW_g = dz_g x_tᵀ   dU_g = dz_g h_{t-1}ᵀ   db_g = dz_g   dx_t = Σ W_gᵀ dz_g   dh_{t-1} = Σ U_gᵀ dz_g   dc_{t-1} = dc_t ∘ f
 */
export function traceGradient(trace: Trace): TraceGradient {
  const { cell, h_prev } = trace;
  const n = cell.hiddenSize;
  const upstream = upstreamAt(cell.upstream, 1, 1, n);
  const { dz, dc_t } = stepGradient(1, trace, upstream.dh_t, upstream.dc_t);
  const { x_t } = cell.state;
  const gradient: Partial<Record<GradientKey, Float64Array | Matrix>> = {
    h_prev: new Float64Array(n),
    c_prev: dc_t.map((entry, k) => entry * trace.gates.f!.value.hi[k]),
  };
  if (x_t !== null) gradient.x_t = new Float64Array(x_t.length);
  for (const g of GATES) {
    const { W, U } = cell.gates[g]!;
    addTransposedProduct(gradient.h_prev as Float64Array, U, dz[g]);
    const dU = zeros(n, n);
    addOuterProduct(dU, dz[g], h_prev);
    gradient[`U_${g}`] = dU;
    gradient[`b_${g}`] = dz[g];
    if (x_t === null || W === null) continue;
    addTransposedProduct(gradient.x_t as Float64Array, W, dz[g]);
    const dW = zeros(n, x_t.length);
    addOuterProduct(dW, dz[g], x_t);
    gradient[`W_${g}`] = dW;
  }
  return { loss: loss(upstream, trace), gradient };
}

/** Σ dh_t·h_t + dc_t·c_t */
function loss({ dh_t, dc_t }: ReturnType<typeof upstreamAt>, { h_t, c_t }: Trace): number {
  const asRow = (data: Float64Array) => ({ rows: 1, cols: data.length, data });
  const products = [
    { matrix: asRow(dh_t), vector: h_t! },
    { matrix: asRow(dc_t), vector: c_t!.hi },
  ];
  return affine(1, products, null).hi[0];
}
