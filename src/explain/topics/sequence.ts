import { c_prev, c_t, gate, h_prev, h_t, PREVIOUS, stepDerivative } from "../../lstm/letters.ts";
import {
  chain,
  derivative,
  diag,
  differential,
  equals,
  large,
  list,
  matrix,
  minus,
  norm,
  parentheses,
  product,
  sub,
  sum,
  sup,
} from "../../notation/formula.ts";
import { FIRST_BLOCKS, WHOLE_BLOCKS } from "../sequence-numbers.ts";
import { say, type Topic } from "../topic.ts";

const state = sub("s", "t");
const before = sub("s", PREVIOUS);
const [s_T, s_1, s_0, c_T, c_0] = [sub("s", "T"), sub("s", 1), sub("s", 0), sub("c", "T"), sub("c", 0)];
const stepOf = derivative(state, before);
const secondBy = (of: string, wrt: string) => derivative(sub(of, 2), sub(wrt, 1));
const firstBy = (of: string, wrt: string) => derivative(sub(of, 1), sub(wrt, 0));

/** ∂(h_T, c_T)/∂(h_0, c_0): the product of the steps, and the memory's path diag(f). */
export const sequence: Topic = {
  name: "sequence",
  title: "Along a sequence",
  steps: [
    {
      rule: say`the state is the pair ${parentheses(list("h", "c"))}`,
      formulas: [
        equals(state, parentheses(list(h_t, c_t))),
        equals(
          stepOf,
          matrix([
            [stepDerivative("h_t", "h_prev"), stepDerivative("h_t", "c_prev")],
            [stepDerivative("c_t", "h_prev"), stepDerivative("c_t", "c_prev")],
          ]),
        ),
      ],
      reason: say`A step hands two vectors on, and both matter to the next one. So the Jacobian of a step has four blocks; the two on the right are diagonal, the lower of them ${diag(gate("f"))}.`,
      numbers: FIRST_BLOCKS,
    },
    {
      rule: "chain rule over the steps",
      formulas: [
        equals(
          derivative(s_T, s_0),
          product(derivative(s_T, sub("s", minus("T", 1))), "…", derivative(sub("s", 2), s_1), derivative(s_1, s_0)),
        ),
      ],
      reason: say`Matrices in the order of composition, the last step on the left. The weights are the same in every step, the slopes and gates are not: the factors differ.`,
      numbers: WHOLE_BLOCKS,
    },
    {
      rule: "block multiplication",
      formulas: [
        equals(
          derivative(sub("h", 2), sub("h", 0)),
          sum(product(secondBy("h", "h"), firstBy("h", "h")), product(secondBy("h", "c"), firstBy("c", "h"))),
        ),
      ],
      reason: say`Within one step ${c_prev} is not a function of ${h_prev}; over two steps both are functions of what was before, and this is where that dependence is counted. The product of the blocks ${stepDerivative("h_t", "h_prev")} alone is the first summand only: it misses everything that waits in the memory in between.`,
    },
    {
      rule: "the memory's path",
      formulas: [
        equals(derivative(c_T, c_0), sum(product(diag(sub("f", "T")), "…", diag(sub("f", 2)), diag(sub("f", 1))), "…")),
        equals(product(diag(sub("f", "T")), "…", diag(sub("f", 1))), diag(large("Π", "t", gate("f")))),
      ],
      reason: say`One of the paths from ${c_0} to ${c_T} never leaves the memory. It has neither matrices nor slopes in it, just the forget gates, unit by unit; the other paths go out through ${"h"} and come back through the gates. With every ${"f"} near 1 it carries a gradient over hundreds of steps; with ${"f"} at 0.5 a thousandth is left after ten.`,
      numbers: ["sequence.memory_path"],
    },
    {
      rule: "a norm of a product is at most the product of the norms",
      formulas: [chain(norm(derivative(s_T, s_0), 2), ["≤", large("Π", "t", norm(stepOf, 2))])],
      reason: say`If every step's norm is at most some number below 1, the gradient vanishes at least as fast as that number's powers. Norms above 1 are necessary for it to explode, not sufficient: the directions that one step stretches may be those that the next one shrinks, so the bound can be far off. What is reported of the whole is therefore the norm of the product itself.`,
      numbers: ["sequence.flow.step_norm", "sequence.flow.to_end_log10"],
    },
    {
      rule: "backwards through time",
      formulas: [equals(derivative("L", before), product(sup(stepOf, "⊤"), derivative("L", state)))],
      reason: say`For one loss nobody needs the product of matrices: a vector is taken back step by step, by the rules of the topic backward, and where a step has a loss of its own its ${differential("d", h_t)} and ${differential("d", c_t)} are added on the way.`,
    },
  ],
};
