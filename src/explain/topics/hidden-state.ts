import { PATHS } from "../../lstm/names.ts";
import { math } from "../../notation/read-formula.ts";
import { termEquation } from "../term-equations.ts";
import { say, type Topic } from "../topic.ts";

/** ∂h_t/∂h_{t-1}: four terms. */
export const hiddenState = (): Topic => ({
  title: "The hidden state by the previous one: four paths",
  steps: [
    {
      rule: "product rule",
      formulas: [math`∂h_t/∂h_{t-1} = diag(tanh(c_t)) ∂o_t/∂h_{t-1} + diag(o_t) ∂tanh(c_t)/∂h_{t-1}`],
      essential: true,
      reason: say`$h_t$ is the product of $o_t$ and $tanh(c_t)$, component by component, and both factors depend on $h_{t-1}$. Differentiate one and keep the other, then the reverse; the factor that is kept becomes a diagonal matrix, because it multiplies each row by a number of its own.`,
      numbers: ["jacobian.o.h_prev", "jacobian.tanh_c_t.h_prev"],
    },
    {
      rule: "chain rule",
      formulas: [math`∂tanh(c_t)/∂h_{t-1} = diag(tanh'(c_t)) ∂c_t/∂h_{t-1}`, math`∂h_t/∂c_t = diag(o_t ∘ tanh'(c_t))`],
      essential: true,
      reason: say`The derivative of tanh at $c_t$, which is 1 minus tanh squared, stands before what is inside. Together with $o_t$ it is the toll that everything pays on its way from the memory to the outside.`,
      numbers: ["derivatives.c_t", "sensitivities.c_t"],
    },
    {
      rule: say`product rule; $c_{t-1}$ is not a function of $h_{t-1}$`,
      formulas: [
        math`∂c_t/∂h_{t-1} = diag(c_{t-1}) ∂f_t/∂h_{t-1} + diag(f_t) ∂c_{t-1}/∂h_{t-1} + diag(u_t) ∂i_t/∂h_{t-1} + diag(i_t) ∂u_t/∂h_{t-1}`,
        math`∂c_{t-1}/∂h_{t-1} = 0`,
      ],
      reason: say`Two products, two summands each. The second of the four vanishes, because $c_{t-1}$ is an argument of the step beside $h_{t-1}$; three remain.`,
      numbers: ["jacobian.c_t.h_prev"],
    },
    {
      rule: "insert the gates' derivatives",
      formulas: PATHS.map(termEquation),
      essential: true,
      reason: say`Diagonal matrices multiply entry by entry, so each path is one diagonal matrix times one matrix of weights. The output gate acts outside tanh and does not pay its toll; the other three act on the memory and do.`,
      numbers: PATHS.map((g) => `terms.${g}`),
    },
    {
      rule: "sum over the paths",
      formulas: [math`∂h_t/∂h_{t-1} = T_o + T_f + T_i + T_u`],
      essential: true,
      reason: say`Each path from $h_{t-1}$ to $h_t$ runs through exactly one gate, and the contributions of the paths add up. A path may cancel another: the sum can be small where no term is.`,
      numbers: ["jacobian.h_t.h_prev"],
    },
  ],
});
