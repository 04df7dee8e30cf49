/** What a derivation shows beside the quantities of results: slopes, summands of z, what the cell gives. */
import { affine } from "../linalg/affine.ts";
import { type RealVector, toDoubles } from "../linalg/real-vector.ts";
import { PARAMETER_DERIVATIVES, STEP_GRADIENTS } from "../lstm/derivatives.ts";
import { byCellState, type Step, sensitivity } from "../lstm/equations.ts";
import { GATES, type Gate, type Output } from "../lstm/names.ts";
import { parameterJacobian } from "../lstm/parameter-jacobian.ts";
import type { Formula } from "../notation/formula-tree.ts";
import { math } from "../notation/read-formula.ts";
import { SECOND_NUMBERS } from "./hessian-numbers.ts";
import type { NumberContext, NumberRow } from "./number-row.ts";

/**
 * By path: `derivatives.f` = σ'(z_f), `derivatives.c_t` = 1 − tanh²c_t, `sensitivities.g` = the diagonal of ∂h_t/∂z_g,
 * `jacobian.h_t.U_f` = ∂h_t/∂U_f, `sums.W.f` = W_f x_t, `sums.U.f` = U_f h_{t-1}, `steps.dz_f` = ∂L/∂z_f, and the keys of the cell.
 */
export const INTERMEDIATE_NUMBERS: Readonly<Record<string, NumberRow>> = {
  tanh_c_t: made("c_t", math`tanh(c_t)`, ({ tanh_c_t }) => tanh_c_t?.value),
  "derivatives.c_t": made("c_t", math`tanh'(c_t)`, ({ tanh_c_t }) => tanh_c_t?.derivative),
  ...ofGates("derivatives.", (g) =>
    made(g, g === "u" ? math`tanh'(z_u)` : math`σ'(z_${g})`, ({ gates }) => gates[g]?.derivative),
  ),
  "sensitivities.c_t": made("h_t", math`o_t ∘ tanh'(c_t)`, byCellState),
  ...ofGates("sensitivities.", (g) =>
    made("h_t", math`∂h_t/∂z_${g}`, (step) => sensitivity(step, "h_t").preactivation[g]),
  ),
  ...Object.fromEntries(
    STEP_GRADIENTS.map(({ path, key, symbol }): [string, NumberRow] => [
      path,
      { symbol: symbol(), needs: { of: "h_t" }, value: ({ values }) => values.backward().steps[0][key] },
    ]),
  ),
  ...Object.fromEntries(
    PARAMETER_DERIVATIVES.map(({ path, of, wrt, symbol }): [string, NumberRow] => [
      path,
      { symbol: symbol(), needs: { of, wrt }, value: ({ trace }) => parameterJacobian(trace, of, wrt) },
    ]),
  ),
  ...SECOND_NUMBERS,
  ...ofGates("sums.W.", (g) => summand("W", g, math`W_${g} x_t`, ({ cell }) => cell.state.x_t)),
  ...ofGates("sums.U.", (g) => summand("U", g, math`U_${g} h_{t-1}`, ({ trace }) => trace.h_prev)),
  h_prev: { symbol: math`h_{t-1}`, value: ({ trace }) => trace.h_prev },
  c_prev: { symbol: math`c_{t-1}`, value: ({ trace }) => trace.c_prev },
  ...ofGates("U_", (g) => ({ symbol: math`U_${g}`, value: ({ cell }) => cell.gates[g]?.U, lacking: [`U_${g}`] })),
  ...ofGates("b_", (g) => ({
    symbol: math`b_${g}`,
    value: ({ cell }) => cell.gates[g]?.b ?? new Float64Array(cell.hiddenSize),
  })),
};

function ofGates(start: string, entry: (g: Gate) => NumberRow): Record<string, NumberRow> {
  return Object.fromEntries(GATES.map((g) => [start + g, entry(g)]));
}

/** What is computed on the way to an output, of a cell that has the keys of that. */
function made(of: Output, symbol: Formula, vectorOf: (step: Step) => RealVector | undefined): NumberRow {
  const value = ({ trace }: NumberContext) => {
    const vector = vectorOf(trace.numbers);
    return vector && toDoubles(vector);
  };
  return { symbol, needs: { of }, value };
}

type Vector = (context: NumberContext) => Float64Array | null;

/** W_g x_t or U_g h_{t-1} [H], one summand of z_g. */
function summand(letter: "W" | "U", g: Gate, symbol: Formula, vectorOf: Vector): NumberRow {
  const value = (context: NumberContext) => {
    const { gates, hiddenSize } = context.cell;
    const [vector, matrix] = [vectorOf(context), gates[g]?.[letter]];
    if (vector === null) return new Float64Array(hiddenSize);
    return matrix && toDoubles(affine(hiddenSize, [{ matrix, vector }]));
  };
  return { symbol, value, lacking: [`${letter}_${g}`] };
}
