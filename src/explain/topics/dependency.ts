import { GATES } from "../../lstm/names.ts";
import { math } from "../../notation/read-formula.ts";
import { say, type Topic } from "../topic.ts";

/** Why ∂c_{t-1}/∂h_{t-1} = 0 while c_t depends on h_{t-1}. */
export const dependency = (): Topic => ({
  title: "What depends on what",
  steps: [
    {
      rule: "definition of the step",
      formulas: [
        math`z_g = W_g x_t + U_g h_{t-1} + b_g`,
        math`f_t = σ(z_f)`,
        math`i_t = σ(z_i)`,
        math`o_t = σ(z_o)`,
        math`u_t = tanh(z_u)`,
        math`c_t = f_t ∘ c_{t-1} + i_t ∘ u_t`,
        math`h_t = o_t ∘ tanh(c_t)`,
      ],
      essential: true,
      reason: say`The index $g$ stands for $f$, $i$, $o$ and $u$: forget gate, input gate, output gate and candidate. $∘$ multiplies component by component; $σ$ and tanh act on each component by itself. Read as a program, the step has three arguments, $x_t$, $h_{t-1}$ and $c_{t-1}$, and two results, $c_t$ and $h_t$.`,
      numbers: [...GATES.map((g) => `preactivations.${g}`), "c_t", "h_t"],
    },
    {
      rule: say`$c_{t-1}$ is not a function of $h_{t-1}$`,
      formulas: [math`∂c_{t-1}/∂h_{t-1} = 0`, math`∂h_{t-1}/∂c_{t-1} = 0`, math`∂x_t/∂h_{t-1} = 0`],
      essential: true,
      reason: say`A partial derivative moves one argument of the step and holds the others still. $c_{t-1}$ and $h_{t-1}$ are two separate arguments: no equation of step $t$ computes $c_{t-1}$ from $h_{t-1}$.`,
    },
    {
      rule: "each dependence is counted in the step that makes it",
      formulas: [math`h_{t-1} = o_{t-1} ∘ tanh(c_{t-1})`],
      reason: say`This equation belongs to step $t − 1$, and it points the other way: there $c_{t-1}$ is computed first and $h_{t-1}$ from it. It is true that both move together when something before them moves, but that is the business of the Jacobian of step $t − 1$. Along a sequence the chain rule multiplies the Jacobians of the steps by the whole state $(h, c)$; whoever counts this link here as well counts it twice.`,
    },
    {
      rule: say`chain rule: $c_t$ depends on $h_{t-1}$ through the gates`,
      formulas: [math`∂c_t/∂h_{t-1} = diag(c_{t-1}) ∂f_t/∂h_{t-1} + diag(u_t) ∂i_t/∂h_{t-1} + diag(i_t) ∂u_t/∂h_{t-1}`],
      reason: say`$h_{t-1}$ enters $c_t$ three times: through $f_t$, which decides what is kept, and through $i_t$ and $u_t$, which decide what is written. So $∂c_t/∂h_{t-1}$ is not zero although $∂c_{t-1}/∂h_{t-1}$ is. The output gate does not take part: it does not occur in the equation of $c_t$, and multiplies $tanh(c_t)$ only afterwards.`,
      numbers: ["jacobian.c_t.h_prev"],
    },
    {
      rule: say`the gates do not look at $c_{t-1}$`,
      formulas: [math`∂g_t/∂c_{t-1} = 0`, math`∂c_t/∂c_{t-1} = diag(f_t)`],
      reason: say`In this cell (without peepholes) $c_{t-1}$ occurs in no pre-activation. It reaches $c_t$ in one place only, multiplied by $f_t$, and unit by unit: the derivative is diagonal.`,
      numbers: ["jacobian.f.c_prev", "jacobian.c_t.c_prev"],
    },
  ],
});
