import { c_prev, c_t, gate, h_prev, h_t, stateSlope, stepDerivative, U, W, x_t, z } from "../../lstm/letters.ts";
import { derivative, diag, equals, hadamard, product, sum } from "../../notation/formula.ts";
import { stateSummands } from "../term-equations.ts";
import { say, type Topic } from "../topic.ts";

/** ∂c_t/∂h_{t-1}, ∂c_t/∂c_{t-1}, and what follows for h_t and x_t. */
export const cellState: Topic = {
  name: "cell-state",
  title: "The cell state",
  steps: [
    {
      rule: "product rule, chain rule",
      formulas: [equals(stepDerivative("c_t", "h_prev"), sum(...stateSummands(U)))],
      reason: say`${c_t} has two products. In the first only ${gate("f")} depends on ${h_prev}; in the second both ${gate("i")} and ${gate("u")} do. Each gate's derivative is its slope times its matrix.`,
      numbers: ["jacobian.c_t.h_prev"],
    },
    {
      rule: "the memory enters once",
      formulas: [equals(stepDerivative("c_t", "c_prev"), diag(gate("f")))],
      reason: say`${c_prev} stands in one place, multiplied by ${gate("f")}, and no gate looks at it. Neither a matrix of weights nor the derivative of a squashing function occurs: where ${gate("f")} is near 1 a change of the memory passes on almost whole. This is what the cell was built for.`,
      numbers: ["gates.f", "jacobian.c_t.c_prev"],
    },
    {
      rule: "chain rule: from the memory to the outside",
      formulas: [
        equals(
          stepDerivative("h_t", "c_prev"),
          product(derivative(h_t, c_t), stepDerivative("c_t", "c_prev")),
          diag(hadamard(gate("o"), stateSlope, gate("f"))),
        ),
      ],
      reason: say`${gate("o")} does not depend on ${c_prev} either, so there is no second summand.`,
      numbers: ["jacobian.h_t.c_prev"],
    },
    {
      rule: "the same with W for U",
      formulas: [
        equals(derivative(z("g"), x_t), W("g")),
        equals(stepDerivative("c_t", "x_t"), sum(...stateSummands(W))),
      ],
      reason: say`${x_t} enters the pre-activations as ${h_prev} does, with ${W("g")} in place of ${U("g")}; everything after them is the same.`,
      numbers: ["jacobian.c_t.x_t", "jacobian.h_t.x_t"],
    },
  ],
};
