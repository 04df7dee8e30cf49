import { math } from "../../notation/read-formula.ts";
import { say, type Topic } from "../topic.ts";

/** ∂of/∂W_g, ∂of/∂U_g and ∂of/∂b_g: three axes, of which two are one. */
export const parameters = (): Topic => ({
  title: "The outputs by the weights",
  steps: [
    {
      rule: "which weights a unit sees",
      formulas: [math`z_g^(d) = W_g^(d) x_t + U_g^(d) h_{t-1} + b_g^(d)`],
      reason: say`Row $d$ of $W_g$, of $U_g$ and of $b_g$ occurs in unit $d$ of $z_g$ and nowhere else, and unit $d$ of an output is made of the pre-activations of unit $d$ alone. So the derivative of unit $k$ by row $d$ is zero for every other $k$: what is left has the shape of the weights.`,
    },
    {
      rule: "chain rule, through one pre-activation",
      formulas: [
        math`∂h_t^(d)/∂W_{d,j} = ∂h_t^(d)/∂z_g^(d) · x_j`,
        math`∂h_t^(d)/∂U_{d,j} = ∂h_t^(d)/∂z_g^(d) · h_j`,
        math`∂h_t^(d)/∂b_d = ∂h_t^(d)/∂z_g^(d)`,
      ],
      reason: say`Entry $d, j$ of a weight of gate $g$ is multiplied with one number, component $j$ of $x_t$ or $h_{t-1}$, and that number is its derivative of $z_g$. The same holds of $f_t$, $i_t$, $o_t$, $u_t$ and $c_t$ with their own slope by $z_g$.`,
      numbers: ["jacobian.h_t.U_f", "jacobian.h_t.W_f", "jacobian.h_t.b_f"],
    },
    {
      rule: "what an output does not see",
      formulas: [math`∂f_t^(d)/∂W_i = 0`, math`∂c_t^(d)/∂W_o = 0`],
      reason: say`A gate is a function of its own pre-activation, and $c_t$ is not a function of $o_t$: these are zero whatever the numbers are.`,
      numbers: ["jacobian.f.U_f", "jacobian.c_t.b_o"],
    },
    {
      rule: "from here to the gradient",
      formulas: [math`∂L/∂W_{d,j} = dh_t^(d) · ∂h_t^(d)/∂W_{d,j} + dc_t^(d) · ∂c_t^(d)/∂W_{d,j}`],
      reason: say`The gradient that training needs is the sum of these over the outputs, and as only unit $d$ depends on row $d$, the sum has one summand for each of the two states.`,
      numbers: ["gradient.W_f"],
    },
  ],
});
