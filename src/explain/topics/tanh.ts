import { c_t, exp, gate, sigma, sigmaPrime, tanh, tanhPrime, z } from "../../lstm/letters.ts";
import { absolute, chain, equals, fraction, minus, negative, product, sum, sup } from "../../notation/formula.ts";
import { onePlus, square, tanhSlope } from "../slopes.ts";
import { say, type Topic } from "../topic.ts";

const up = exp("x");
const down = exp(negative("x"));
const twice = product(2, "x");
const decayTwice = exp(negative(product(2, absolute("x"))));
const squares = minus(square(sum(up, down)), square(minus(up, down)));
const tanhSquared = product(sup("tanh", 2), "x");

/** tanh' = 1 − tanh², and what is computed for it. */
export const tanhTopic: Topic = {
  name: "tanh",
  title: "The hyperbolic tangent and its derivative",
  steps: [
    {
      rule: "definition",
      formulas: [equals(tanh("x"), fraction(minus(up, down), sum(up, down)), minus(product(2, sigma(twice)), 1))],
      reason: say`The cell uses tanh twice: for the candidate ${gate("u")}, at ${equals("x", z("u"))}, and on the way out, at ${equals("x", c_t)}. It is a sigmoid, stretched to the interval from −1 to 1: divide numerator and denominator by ${up}.`,
      numbers: ["preactivations.u", "gates.u", "c_t", "tanh_c_t"],
    },
    {
      rule: "quotient rule",
      formulas: [
        equals(tanhPrime("x"), fraction(squares, square(sum(up, down))), minus(1, tanhSquared)),
        equals(squares, product(4, up, down), 4),
      ],
      reason: say`Numerator and denominator are each other's derivatives, so the quotient rule leaves the difference of two squares. It is 4, whatever ${"x"} is, hence positive: tanh increases strictly, like ${"σ"}.`,
      numbers: ["derivatives.u"],
    },
    {
      rule: "chain rule",
      formulas: [
        equals(tanhPrime("x"), product(4, sigmaPrime(twice)), tanhSlope(decayTwice)),
        chain(0, ["<", tanhPrime("x")], ["≤", 1]),
      ],
      reason: say`The same from ${minus(product(2, sigma(twice)), 1)}. This form is the one that is computed: from about ${equals(absolute("x"), 19)} on ${tanh("x")} rounds to 1 and ${minus(1, tanhSquared)} to exactly 0, while ${decayTwice} keeps every digit. (The value of tanh is ${minus(1, decayTwice)} over ${onePlus(decayTwice)}, with the sign of ${"x"}; near 0, where that would cancel, a Taylor series takes over.) The bound 1 is reached at ${equals("x", 0)}.`,
      numbers: ["derivatives.u", "derivatives.c_t"],
    },
  ],
};
