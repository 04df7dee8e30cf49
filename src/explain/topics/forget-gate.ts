import { math } from "../../notation/read-formula.ts";
import { say, type Topic } from "../topic.ts";

/** ∂f_t/∂h_{t-1}, and why the rows of U_f are scaled. */
export const forgetGate = (): Topic => ({
  title: "The forget gate by the previous hidden state",
  steps: [
    {
      rule: "linearity",
      formulas: [
        math`z_f^(d) = Σ_j W_{d,j} x_j + Σ_k U_{d,k} h_k + b_d`,
        math`∂z_f^(d)/∂h_k = U_{d,k}`,
        math`∂z_f/∂h_{t-1} = U_f`,
      ],
      essential: true,
      reason: say`Unit $d$ of the pre-activation is a sum, and $h_k$ (component $k$ of $h_{t-1}$) occurs in one summand of it, with the factor $U_{d,k}$ (entry $d, k$ of $U_f$). Row d of a Jacobian belongs to unit $d$ of the output, column $k$ to component $k$ of the input; so the Jacobian of a matrix times a vector is the matrix.`,
      numbers: ["preactivations.f", "U_f"],
    },
    {
      rule: say`$σ$ acts component by component`,
      formulas: [math`f_t^(d) = σ(z_f^(d))`, math`∂f_t/∂z_f = diag(σ'(z_f))`],
      essential: true,
      reason: say`Unit $d$ of the gate looks at unit $d$ of $z_f$ and at no other, so everything beside the diagonal of this Jacobian is zero, and entry $d$ on it is $σ'(z_f^(d))$.`,
      numbers: ["derivatives.f"],
    },
    {
      rule: "chain rule",
      formulas: [math`∂f_t/∂h_{t-1} = ∂f_t/∂z_f ∂z_f/∂h_{t-1} = diag(σ'(z_f)) U_f`],
      essential: true,
      reason: say`The outer derivative stands on the left, the inner one on the right: Jacobians of composed maps multiply in the order in which the maps are written.`,
      numbers: ["jacobian.f.h_prev"],
    },
    {
      rule: "a diagonal matrix on the left scales rows",
      formulas: [
        math`∂f_t^(d)/∂h_k = σ'(z_f^(d)) U_{d,k}`,
        math`diag(σ'(z_f)) U_f = [σ'(z_f^(0)) U_{0,0}, σ'(z_f^(0)) U_{0,1}, …; σ'(z_f^(1)) U_{1,0}, σ'(z_f^(1)) U_{1,1}, …; ⋮, ⋮, ⋱]`,
      ],
      reason: say`Every entry of row $d$ has the factor of unit $d$, because the row describes that unit and nothing else; row $d$ is the gradient of $f_t^(d)$. On the right, the diagonal matrix would scale column $k$ by the slope of unit $k$: it would multiply the influence of $h_k$ on unit $d$ by the slope of a gate that it does not pass through.`,
      numbers: ["jacobian.f.h_prev"],
    },
    {
      rule: "bound of the sigmoid's derivative",
      formulas: [math`|∂f_t^(d)/∂h_k| ≤ 1/4 · |U_{d,k}|`],
      reason: say`Where the gate saturates, at large |z|, the factor is about $e^{-|z|}$ and the row almost vanishes: a gate that is wide open or tightly shut no longer hears $h_{t-1}$.`,
      numbers: ["derivatives.f"],
    },
    {
      rule: "the same for the other gates",
      formulas: [
        math`∂i_t/∂h_{t-1} = diag(σ'(z_i)) U_i`,
        math`∂o_t/∂h_{t-1} = diag(σ'(z_o)) U_o`,
        math`∂u_t/∂h_{t-1} = diag(tanh'(z_u)) U_u`,
      ],
      reason: say`Nothing in the argument was special to $f$; the candidate has tanh in place of $σ$. With $W_g$ for $U_g$ these are the derivatives by the input.`,
      numbers: ["jacobian.i.h_prev", "jacobian.o.h_prev", "jacobian.u.h_prev"],
    },
  ],
});
