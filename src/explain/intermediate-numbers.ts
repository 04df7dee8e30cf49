/** What a derivation shows beside the quantities of results: slopes, summands of z, what the cell gives. */
import { affine } from "../linalg/affine.ts";
import { STEP_GRADIENTS } from "../lstm/derivatives.ts";
import { requireTrace } from "../lstm/forward.ts";
import { b, c_prev, c_t, gate, h_prev, h_t, slope, stateSlope, tanh, U, W, x_t, z } from "../lstm/letters.ts";
import { GATES, type Gate } from "../lstm/names.ts";
import { byCellState, sensitivity } from "../lstm/sensitivity.ts";
import { derivative, hadamard, product } from "../notation/formula.ts";
import type { NumberContext, NumberRow } from "./number-row.ts";

/**
 * By path: `derivatives.f` = σ'(z_f), `derivatives.c_t` = 1 − tanh²c_t, `sensitivities.g` = the diagonal of ∂h_t/∂z_g,
 * `sums.W.f` = W_f x_t, `sums.U.f` = U_f h_{t-1}, `steps.dz_f` = ∂L/∂z_f, and the keys of the cell.
 */
export const INTERMEDIATE_NUMBERS: Readonly<Record<string, NumberRow>> = {
  tanh_c_t: { symbol: tanh(c_t), needs: { of: "c_t" }, value: ({ trace }) => trace.tanh_c_t?.value.hi },
  "derivatives.c_t": { symbol: stateSlope, needs: { of: "c_t" }, value: ({ trace }) => trace.tanh_c_t?.derivative },
  ...ofGates("derivatives.", (g) => ({
    ...{ symbol: slope(g), needs: { of: g }, value: ({ trace }) => trace.gates[g]?.derivative },
  })),
  "sensitivities.c_t": {
    ...{
      symbol: hadamard(gate("o"), stateSlope),
      needs: { of: "h_t" },
      value: ({ trace }) => byCellState(requireTrace(trace, "h_t")),
    },
  },
  ...ofGates("sensitivities.", (g) => ({
    ...{ symbol: derivative(h_t, z(g)), needs: { of: "h_t" } },
    value: ({ trace }) => sensitivity(trace, "h_t").preactivation[g],
  })),
  ...Object.fromEntries(
    STEP_GRADIENTS.map(({ path, key, symbol }): [string, NumberRow] => [
      path,
      { symbol: symbol(), needs: { of: "h_t" }, value: ({ values }) => values.backward().steps[0][key] },
    ]),
  ),
  ...ofGates("sums.W.", (g) => summand("W", g)),
  ...ofGates("sums.U.", (g) => summand("U", g)),
  h_prev: { symbol: h_prev, value: ({ trace }) => trace.h_prev },
  c_prev: { symbol: c_prev, value: ({ trace }) => trace.c_prev },
  ...ofGates("U_", (g) => ({
    ...{ symbol: U(g), value: ({ cell }) => cell.gates[g]?.U, lacking: [`U_${g}`] },
  })),
  ...ofGates("b_", (g) => ({
    ...{ symbol: b(g), value: ({ cell }) => cell.gates[g]?.b ?? new Float64Array(cell.hiddenSize) },
  })),
};

function ofGates(start: string, entry: (g: Gate) => NumberRow): Record<string, NumberRow> {
  return Object.fromEntries(GATES.map((g) => [start + g, entry(g)]));
}

/** W_g x_t or U_g h_{t-1} [H], one summand of z_g. */
function summand(letter: "W" | "U", g: Gate): NumberRow {
  const vectorOf = ({ cell, trace }: NumberContext) => (letter === "W" ? cell.state.x_t : trace.h_prev);
  return {
    symbol: letter === "W" ? product(W(g), x_t) : product(U(g), h_prev),
    value: (context) => {
      const vector = vectorOf(context);
      if (vector === null) return new Float64Array(context.cell.hiddenSize);
      const matrix = context.cell.gates[g]?.[letter];
      return matrix && affine(context.cell.hiddenSize, [{ matrix, vector }], null).hi;
    },
    lacking: [`${letter}_${g}`],
  };
}
