import { math } from "../../notation/read-formula.ts";
import { say, type Topic } from "../topic.ts";

/** tanh' = 1 − tanh², and what is computed for it. */
export const tanhTopic = (): Topic => ({
  title: "The hyperbolic tangent and its derivative",
  steps: [
    {
      rule: "definition",
      formulas: [math`tanh(x) = (e^x − e^{-x})/(e^x + e^{-x}) = 2 σ(2 x) − 1`],
      reason: say`The cell uses tanh twice: for the candidate $u_t$, at $x = z_u$, and on the way out, at $x = c_t$. It is a sigmoid, stretched to the interval from −1 to 1: divide numerator and denominator by $e^x$.`,
      numbers: ["preactivations.u", "gates.u", "c_t", "tanh_c_t"],
    },
    {
      rule: "quotient rule",
      formulas: [
        math`tanh'(x) = ((e^x + e^{-x})^2 − (e^x − e^{-x})^2)/(e^x + e^{-x})^2 = 1 − tanh^2 x`,
        math`(e^x + e^{-x})^2 − (e^x − e^{-x})^2 = 4 e^x e^{-x} = 4`,
      ],
      reason: say`Numerator and denominator are each other's derivatives, so the quotient rule leaves the difference of two squares. It is 4, whatever $x$ is, hence positive: tanh increases strictly, like $σ$.`,
      numbers: ["derivatives.u"],
    },
    {
      rule: "chain rule",
      formulas: [math`tanh'(x) = 4 σ'(2 x) = {4 e^{-2 |x|}}/(1 + e^{-2 |x|})^2`, math`0 < tanh'(x) ≤ 1`],
      reason: say`The same from $2 σ(2 x) − 1$. This form is the one that is computed: from about $|x| = 19$ on $tanh(x)$ rounds to 1 and $1 − tanh^2 x$ to exactly 0, while $e^{-2 |x|}$ keeps every digit. (The value of tanh is $1 − e^{-2 |x|}$ over $1 + e^{-2 |x|}$, with the sign of $x$; near 0, where that would cancel, a Taylor series takes over.) The bound 1 is reached at $x = 0$.`,
      numbers: ["derivatives.u", "derivatives.c_t"],
    },
  ],
});
