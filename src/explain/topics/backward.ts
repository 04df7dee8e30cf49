import { PATHS } from "../../lstm/names.ts";
import { math } from "../../notation/read-formula.ts";
import { say, type Topic } from "../topic.ts";

/** The gradients of L = Σ dh_t·h_t + dc_t·c_t, from the end to the beginning. */
export const backward = (): Topic => ({
  title: "The gradients of one step, backwards",
  steps: [
    {
      rule: "definition of the loss",
      formulas: [math`L = dh_t · h_t + dc_t · c_t`],
      reason: say`$dh_t$ and $dc_t$ are given: how the real loss moves with the step's two results, as far as later steps and the output layer know. With them held constant, $L$ has the same gradient as the real loss. Gradients are vectors of the shape of what they belong to; a Jacobian takes them back by its transpose.`,
      numbers: ["loss"],
    },
    {
      rule: say`chain rule: both results lead to $c_t$`,
      formulas: [math`∂L/∂h_t = dh_t`, math`∂L/∂c_t = dc_t + (∂h_t/∂c_t)^⊤ ∂L/∂h_t = dc_t + o_t ∘ tanh'(c_t) ∘ dh_t`],
      reason: say`$c_t$ acts on $L$ directly and through $h_t$; what arrives on the two ways is added. Forgetting the second is the classic mistake. The Jacobian is diagonal, so its transpose is itself.`,
      numbers: ["steps.dh_t", "steps.dc_t"],
    },
    {
      rule: "product rule, then the slope of each gate",
      formulas: [
        math`∂L/∂z_o = ∂L/∂h_t ∘ tanh(c_t) ∘ σ'(z_o)`,
        math`∂L/∂z_f = ∂L/∂c_t ∘ c_{t-1} ∘ σ'(z_f)`,
        math`∂L/∂z_i = ∂L/∂c_t ∘ u_t ∘ σ'(z_i)`,
        math`∂L/∂z_u = ∂L/∂c_t ∘ i_t ∘ tanh'(z_u)`,
      ],
      reason: say`Each gate is multiplied by one partner: its gradient is the gradient of the product times the partner, and the slope of its squashing function takes it on to the pre-activation. No matrix yet: up to here everything goes component by component.`,
      numbers: PATHS.map((g) => `steps.dz_${g}`),
    },
    {
      rule: "the transpose of a linear map",
      formulas: [math`∂L/∂h_{t-1} = Σ_g U_g^⊤ ∂L/∂z_g`, math`∂L/∂x_t = Σ_g W_g^⊤ ∂L/∂z_g`],
      reason: say`$h_{t-1}$ and $x_t$ enter all four pre-activations, so four contributions are added. Going backwards, component $k$ of $h_{t-1}$ collects from every unit $d$ that it had fed, with the weight of that connection: a sum over the rows of $U_g$, hence the transpose.`,
      numbers: ["gradient.h_prev", "gradient.x_t"],
    },
    {
      rule: "the memory's path",
      formulas: [math`∂L/∂c_{t-1} = ∂L/∂c_t ∘ f_t`],
      reason: say`The transpose of $diag(f_t)$ is itself. Along a sequence this is the road on which gradients travel far.`,
      numbers: ["gradient.c_prev"],
    },
    {
      rule: "outer products",
      formulas: [math`∂L/∂U_g = ∂L/∂z_g h_{t-1}^⊤`, math`∂L/∂W_g = ∂L/∂z_g x_t^⊤`, math`∂L/∂b_g = ∂L/∂z_g`],
      reason: say`Entry $d, k$ of $U_g$ occurs in unit $d$ of $z_g$ only, with the factor component $k$ of $h_{t-1}$. The weights are shared by all steps of a sequence, so their gradients are summed over the steps.`,
      numbers: ["gradient.U_f", "gradient.W_f", "gradient.b_f"],
    },
    {
      rule: "the same as Jacobians, transposed",
      formulas: [math`∂L/∂h_{t-1} = (∂h_t/∂h_{t-1})^⊤ dh_t + (∂c_t/∂h_{t-1})^⊤ dc_t`],
      reason: say`Multiplying from the side of the loss never forms a Jacobian: it costs about as much as the step itself, and this is why training goes backwards. The result is the same, because matrix multiplication may be bracketed either way.`,
      numbers: ["gradient.h_prev"],
    },
  ],
});
