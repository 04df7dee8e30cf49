/** Why the optimum of c_t and h_t is searched for, where that of a gate is read off a row: the end of the topic of the optimum. */
import { math } from "../../notation/read-formula.ts";
import { type Step, say } from "../topic.ts";

export const OUTPUT_STEPS: readonly Step[] = [
  {
    rule: say`$c_t$ and $h_t$: one projection no longer suffices`,
    formulas: [
      math`c_t^(d) = σ(z_f) c_{t-1}^(d) + σ(z_i) tanh(z_u)`,
      math`h_t^(d) = σ(z_o) tanh(c_t^(d))`,
      math`z_g = {W_g^(d) x_t + b_g^(d)} + U_g^(d) · h`,
    ],
    reason: say`A gate increases with one number, $U_f^(d) · h$, so it is largest where that is. $c_t^(d)$ sees $h$ through three such numbers and $h_t^(d)$ through four, along rows that point in different directions; a vector that is best for one of them is not for the others. Nor does each always help: more $z_f$ lessens $c_t$ where $c_{t-1}^(d)$ is negative, and more $z_i$ where $u$ is, whose sign changes with $h$. tanh increases, so tanh($c_t$) has the optimum of $c_t$.`,
  },
  {
    rule: say`Lagrange's condition`,
    formulas: [math`Σ_g ∂h_t^(d)/∂z_g U_g^(d) = λ h`],
    reason: say`On $‖h‖_2 = 1$ an optimum has a gradient along $h$ itself, or a step along the sphere would gain. So $h^∗$ is a combination of the rows, weighted by how much the output moves with each pre-activation there, and these weights depend on $h^∗$ in turn. For a gate there is one row, and the condition is the optimum above. Here it has several solutions, maxima of a neighbourhood among them: which is the largest, it does not tell.`,
  },
  {
    rule: "three or four dimensions, whatever the hidden size",
    formulas: [math`z_g = {W_g^(d) x_t + b_g^(d)} + R_g · y`, math`‖y‖_2 ≤ ‖h‖_2`],
    reason: say`A QR decomposition of the rows writes $h$ as $y$ in the space that they span, and a rest that no row sees. Inside the ball there is no optimum that the sphere lacks: where the rows are independent, $z_u$ alone may grow, and $c_t$ and $h_t$ increase with it; where they are not, there is a direction that no row sees, along which $y$ reaches the sphere. What remains is a sphere of at most 2 dimensions for $c_t$, 3 for $h_t$.`,
  },
  {
    rule: "a certificate",
    formulas: [math`h_t^(d)(h^∗) ≤ max_{‖h‖_2 = 1} h_t^(d)(h) ≤ B`],
    reason: say`The sphere is cut into parts, and each part gets a number that the output does not exceed on it. A part whose number lies below the best value found is done with; the others are cut again. The largest number that is left is the bound $B$: no unit vector gives more, roundings included, and $B$ less the value is the gap. A minimum is the maximum with $−c_{t-1}$ and $−z_u$, turned round. dlstm optimum --of prints all three.`,
  },
];
