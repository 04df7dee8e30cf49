import { math } from "../../notation/read-formula.ts";
import { FIRST_BLOCKS, INPUT_NORMS, WHOLE_BLOCKS } from "../sequence-numbers.ts";
import { say, type Topic } from "../topic.ts";

/** ∂(h_T, c_T)/∂(h_0, c_0): the product of the steps, and the memory's path diag(f). */
export const sequence = (): Topic => ({
  title: "Along a sequence",
  steps: [
    {
      rule: say`the state is the pair $(h, c)$`,
      formulas: [
        math`s_t = (h_t, c_t)`,
        math`∂s_t/∂s_{t-1} = [∂h_t/∂h_{t-1}, ∂h_t/∂c_{t-1}; ∂c_t/∂h_{t-1}, ∂c_t/∂c_{t-1}]`,
      ],
      reason: say`A step hands two vectors on, and both matter to the next one. So the Jacobian of a step has four blocks; the two on the right are diagonal, the lower of them $diag(f_t)$.`,
      numbers: FIRST_BLOCKS,
    },
    {
      rule: "chain rule over the steps",
      formulas: [math`∂s_T/∂s_0 = ∂s_T/∂s_{T-1} … ∂s_2/∂s_1 ∂s_1/∂s_0`],
      reason: say`Matrices in the order of composition, the last step on the left. The weights are the same in every step, the slopes and gates are not: the factors differ.`,
      numbers: WHOLE_BLOCKS,
    },
    {
      rule: "chain rule, by an input",
      formulas: [math`∂s_T/∂x_t = ∂s_T/∂s_{T-1} … ∂s_{t+1}/∂s_t ∂s_t/∂x_t`, math`∂s_t/∂x_t = [∂h_t/∂x_t; ∂c_t/∂x_t]`],
      reason: say`An input goes into its own step alone and reaches the end through the state that this step hands on: the Jacobians of the steps after it, times that of its step by its input. The norms of $∂h_T/∂x_t$ and $∂c_T/∂x_t$ along $t$ show what the network remembers: where they fall within a few steps, from the last one back, its memory is short; one that is low among higher neighbours is of an input that the gates kept out.`,
      numbers: INPUT_NORMS,
    },
    {
      rule: "block multiplication",
      formulas: [math`∂h_2/∂h_0 = ∂h_2/∂h_1 ∂h_1/∂h_0 + ∂h_2/∂c_1 ∂c_1/∂h_0`],
      reason: say`Within one step $c_{t-1}$ is not a function of $h_{t-1}$; over two steps both are functions of what was before, and this is where that dependence is counted. The product of the blocks $∂h_t/∂h_{t-1}$ alone is the first summand only: it misses everything that waits in the memory in between.`,
    },
    {
      rule: "the memory's path",
      formulas: [math`∂c_T/∂c_0 = diag(f_T) … diag(f_2) diag(f_1) + …`, math`diag(f_T) … diag(f_1) = diag(Π_t f_t)`],
      reason: say`One of the paths from $c_0$ to $c_T$ never leaves the memory. It has neither matrices nor slopes in it, just the forget gates, unit by unit; the other paths go out through $h$ and come back through the gates. With every $f$ near 1 it carries a gradient over hundreds of steps; with $f$ at 0.5 a thousandth is left after ten.`,
      numbers: ["sequence.memory_path"],
    },
    {
      rule: "a norm of a product is at most the product of the norms",
      formulas: [math`‖∂s_T/∂s_0‖_2 ≤ Π_t ‖∂s_t/∂s_{t-1}‖_2`],
      reason: say`If every step's norm is at most some number below 1, the gradient vanishes at least as fast as that number's powers. Norms above 1 are necessary for it to explode, not sufficient: the directions that one step stretches may be those that the next one shrinks, so the bound can be far off. What is reported of the whole is therefore the norm of the product itself.`,
      numbers: ["sequence.flow.step_norm", "sequence.flow.to_end_log10"],
    },
    {
      rule: "singular values and eigenvalues",
      formulas: [
        math`∂s_T/∂s_0 = P diag(σ_1, σ_2, …) Q^⊤`,
        math`σ_1 = ‖∂s_T/∂s_0‖_2`,
        math`Π_k σ_k = Π_t |det(∂s_t/∂s_{t-1})|`,
      ],
      reason: say`The norm tells of the direction that is stretched most; the singular values $σ_1, σ_2, …$, in descending order, of which it is the first, tell of all: a change of $s_0$ along column $k$ of $Q$ arrives along column $k$ of $P$, $σ_k$ times as long. With every step they move further apart, until a product of doubles has no digit of the small ones left. So their logarithms (singular_log10) are computed from the steps' factors. The eigenvalues tell what becomes of a change when the same steps are taken again and again: along an eigenvector it is multiplied by $λ$ each time, so it grows where $|λ|$ is above 1 and fades where it is below.`,
    },
    {
      rule: "backwards through time",
      formulas: [math`∂L/∂s_{t-1} = (∂s_t/∂s_{t-1})^⊤ ∂L/∂s_t`],
      reason: say`For one loss nobody needs the product of matrices: a vector is taken back step by step, by the rules of the topic backward, and where a step has a loss of its own its $dh_t$ and $dc_t$ are added on the way.`,
    },
  ],
});
