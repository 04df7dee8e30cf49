import { c_prev, c_t, gate, h_prev, h_t, stateSlope, stepDerivative, T, tanh } from "../../lstm/letters.ts";
import { PATHS } from "../../lstm/names.ts";
import { derivative, diag, equals, product, sum } from "../../notation/formula.ts";
import { MEMORY_FACTOR, STATE_SUMMANDS, termEquation } from "../term-equations.ts";
import { say, type Topic } from "../topic.ts";

const [byForgetGate, ...byWriting] = STATE_SUMMANDS;
const byMemory = product(diag(gate("f")), derivative(c_prev, h_prev));

/** ∂h_t/∂h_{t-1}: four terms. */
export const hiddenState: Topic = {
  name: "hidden-state",
  title: "The hidden state by the previous one: four paths",
  steps: [
    {
      rule: "product rule",
      formulas: [
        equals(
          stepDerivative("h_t", "h_prev"),
          sum(
            product(diag(tanh(c_t)), stepDerivative("o", "h_prev")),
            product(diag(gate("o")), derivative(tanh(c_t), h_prev)),
          ),
        ),
      ],
      reason: say`${h_t} is the product of ${gate("o")} and ${tanh(c_t)}, component by component, and both factors depend on ${h_prev}. Differentiate one and keep the other, then the reverse; the factor that is kept becomes a diagonal matrix, because it multiplies each row by a number of its own.`,
      numbers: ["jacobian.o.h_prev", "jacobian.tanh_c_t.h_prev"],
    },
    {
      rule: "chain rule",
      formulas: [
        equals(derivative(tanh(c_t), h_prev), product(diag(stateSlope), stepDerivative("c_t", "h_prev"))),
        equals(derivative(h_t, c_t), diag(MEMORY_FACTOR)),
      ],
      reason: say`The derivative of tanh at ${c_t}, which is 1 minus tanh squared, stands before what is inside. Together with ${gate("o")} it is the toll that everything pays on its way from the memory to the outside.`,
      numbers: ["derivatives.c_t", "sensitivities.c_t"],
    },
    {
      rule: say`product rule; ${c_prev} is not a function of ${h_prev}`,
      formulas: [
        equals(stepDerivative("c_t", "h_prev"), sum(byForgetGate, byMemory, ...byWriting)),
        equals(derivative(c_prev, h_prev), 0),
      ],
      reason: say`Two products, two summands each. The second of the four vanishes, because ${c_prev} is an argument of the step beside ${h_prev}; three remain.`,
      numbers: ["jacobian.c_t.h_prev"],
    },
    {
      rule: "insert the gates' derivatives",
      formulas: PATHS.map(termEquation),
      reason: say`Diagonal matrices multiply entry by entry, so each path is one diagonal matrix times one matrix of weights. The output gate acts outside tanh and does not pay its toll; the other three act on the memory and do.`,
      numbers: PATHS.map((g) => `terms.${g}`),
    },
    {
      rule: "sum over the paths",
      formulas: [equals(stepDerivative("h_t", "h_prev"), sum(...PATHS.map(T)))],
      reason: say`Each path from ${h_prev} to ${h_t} runs through exactly one gate, and the contributions of the paths add up. A path may cancel another: the sum can be small where no term is.`,
      numbers: ["jacobian.h_t.h_prev"],
    },
  ],
};
