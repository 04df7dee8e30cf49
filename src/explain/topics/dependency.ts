import { c_prev, c_t, EQUATIONS, gate, h_prev, PREVIOUS, stepDerivative, tanh, x_t } from "../../lstm/letters.ts";
import { GATES } from "../../lstm/names.ts";
import { derivative, diag, equals, hadamard, list, parentheses, sub, sum } from "../../notation/formula.ts";
import { STATE_SUMMANDS } from "../term-equations.ts";
import { say, type Topic } from "../topic.ts";

/** Why ∂c_{t-1}/∂h_{t-1} = 0 while c_t depends on h_{t-1}. */
export const dependency: Topic = {
  name: "dependency",
  title: "What depends on what",
  steps: [
    {
      rule: "definition of the step",
      formulas: EQUATIONS,
      reason: say`The index ${"g"} stands for ${"f"}, ${"i"}, ${"o"} and ${"u"}: forget gate, input gate, output gate and candidate. ${"∘"} multiplies component by component; ${"σ"} and tanh act on each component by itself. Read as a program, the step has three arguments, ${x_t}, ${h_prev} and ${c_prev}, and two results, ${c_t} and ${sub("h", "t")}.`,
      numbers: [...GATES.map((g) => `preactivations.${g}`), "c_t", "h_t"],
    },
    {
      rule: say`${c_prev} is not a function of ${h_prev}`,
      formulas: [derivative(c_prev, h_prev), derivative(h_prev, c_prev), derivative(x_t, h_prev)].map((by) =>
        equals(by, 0),
      ),
      reason: say`A partial derivative moves one argument of the step and holds the others still. ${c_prev} and ${h_prev} are two separate arguments: no equation of step ${"t"} computes ${c_prev} from ${h_prev}.`,
    },
    {
      rule: "each dependence is counted in the step that makes it",
      formulas: [equals(h_prev, hadamard(sub("o", PREVIOUS), tanh(c_prev)))],
      reason: say`This equation belongs to step ${PREVIOUS}, and it points the other way: there ${c_prev} is computed first and ${h_prev} from it. It is true that both move together when something before them moves, but that is the business of the Jacobian of step ${PREVIOUS}. Along a sequence the chain rule multiplies the Jacobians of the steps by the whole state ${parentheses(list("h", "c"))}; whoever counts this link here as well counts it twice.`,
    },
    {
      rule: say`chain rule: ${c_t} depends on ${h_prev} through the gates`,
      formulas: [equals(stepDerivative("c_t", "h_prev"), sum(...STATE_SUMMANDS))],
      reason: say`${h_prev} enters ${c_t} three times: through ${gate("f")}, which decides what is kept, and through ${gate("i")} and ${gate("u")}, which decide what is written. So ${stepDerivative("c_t", "h_prev")} is not zero although ${derivative(c_prev, h_prev)} is. The output gate does not take part: it does not occur in the equation of ${c_t}, and multiplies ${tanh(c_t)} only afterwards.`,
      numbers: ["jacobian.c_t.h_prev"],
    },
    {
      rule: say`the gates do not look at ${c_prev}`,
      formulas: [equals(derivative(gate("g"), c_prev), 0), equals(stepDerivative("c_t", "c_prev"), diag(gate("f")))],
      reason: say`In this cell (without peepholes) ${c_prev} occurs in no pre-activation. It reaches ${c_t} in one place only, multiplied by ${gate("f")}, and unit by unit: the derivative is diagonal.`,
      numbers: ["jacobian.f.c_prev", "jacobian.c_t.c_prev"],
    },
  ],
};
