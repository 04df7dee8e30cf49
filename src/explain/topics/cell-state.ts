import { math } from "../../notation/read-formula.ts";
import { say, type Topic } from "../topic.ts";
import { cellDiagram } from "./cell-diagram.ts";

/** ∂c_t/∂h_{t-1}, ∂c_t/∂c_{t-1}, and what follows for h_t and x_t. */
export const cellState = (): Topic => ({
  title: "The cell state",
  diagram: cellDiagram,
  steps: [
    {
      rule: "product rule, chain rule",
      formulas: [
        math`∂c_t/∂h_{t-1} = diag(c_{t-1} ∘ σ'(z_f)) U_f + diag(u_t ∘ σ'(z_i)) U_i + diag(i_t ∘ tanh'(z_u)) U_u`,
      ],
      essential: true,
      reason: say`$c_t$ has two products. In the first only $f_t$ depends on $h_{t-1}$; in the second both $i_t$ and $u_t$ do. Each gate's derivative is its slope times its matrix.`,
      numbers: ["jacobian.c_t.h_prev"],
    },
    {
      rule: "the memory enters once",
      formulas: [math`∂c_t/∂c_{t-1} = diag(f_t)`],
      reason: say`$c_{t-1}$ stands in one place, multiplied by $f_t$, and no gate looks at it. Neither a matrix of weights nor the derivative of a squashing function occurs: where $f_t$ is near 1 a change of the memory passes on almost whole. This is what the cell was built for.`,
      numbers: ["gates.f", "jacobian.c_t.c_prev"],
    },
    {
      rule: "chain rule: from the memory to the outside",
      formulas: [math`∂h_t/∂c_{t-1} = ∂h_t/∂c_t ∂c_t/∂c_{t-1} = diag(o_t ∘ tanh'(c_t) ∘ f_t)`],
      reason: say`$o_t$ does not depend on $c_{t-1}$ either, so there is no second summand.`,
      numbers: ["jacobian.h_t.c_prev"],
    },
    {
      rule: "the same with W for U",
      formulas: [
        math`∂z_g/∂x_t = W_g`,
        math`∂c_t/∂x_t = diag(c_{t-1} ∘ σ'(z_f)) W_f + diag(u_t ∘ σ'(z_i)) W_i + diag(i_t ∘ tanh'(z_u)) W_u`,
      ],
      reason: say`$x_t$ enters the pre-activations as $h_{t-1}$ does, with $W_g$ in place of $U_g$; everything after them is the same.`,
      numbers: ["jacobian.c_t.x_t", "jacobian.h_t.x_t"],
    },
  ],
});
