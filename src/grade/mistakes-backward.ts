import { mistake } from "./mistake.ts";
import type { States } from "./rules.ts";

const zeros = (v: Float64Array) => v.map(() => 0);
const ones = (v: Float64Array) => v.map(() => 1);
const missing = (hidden: boolean, cell: boolean) => ({
  carriedBack: ({ h, c }: States) => ({ h: hidden ? zeros(h) : h, c: cell ? zeros(c) : c }),
});
const ofStep = (is: (t: number, T: number) => number) => ({ share: is });

/** Mistakes of backpropagation, through time too. */
export const BACKWARD = {
  "missing-cell-gradient": mistake("In how many ways does the gradient reach the cell state?", {
    dc_t: (_, through) => through,
  }),
  "missing-hidden-gradient": mistake("Does the gradient of the hidden state reach the cell state as well?", {
    dc_t: (arriving) => arriving,
  }),
  "cell-gradient-twice": mistake("How often is the gradient that arrives at the cell state counted?", {
    dc_t: (arriving, through) => 2 * arriving + through,
  }),
  "hidden-gradient-twice": mistake(
    "How often is the gradient that comes from the hidden state counted in the cell state?",
    {
      dc_t: (arriving, through) => arriving + 2 * through,
    },
  ),
  "missing-forget-factor": mistake("What multiplies the old cell state in the new one?", {
    dc_prev: () => 1,
  }),
  "factor-i-in-dc-prev": mistake("Which gate stands between the two cell states?", { dc_prev: ({ i }) => i }),
  "h-t-for-h-prev": mistake("Which hidden state did the weights multiply in this step?", {
    stateInGradient: ({ after }) => after.h,
  }),
  "c-prev-in-dU": mistake("Which of the two states did these weights multiply?", {
    stateInGradient: ({ before }) => before.c,
  }),
  "upstream-ignored": mistake(
    "With which gradients of h_t and c_t does the way back start?",
    ...[(own: States) => ({ h: ones(own.h), c: own.c }), (own: States) => ({ h: ones(own.h), c: zeros(own.c) })].map(
      (upstream) => ({ upstream }),
    ),
  ),
  "missing-carried-hidden-gradient": mistake(
    "On the way back, what does a step get through h_t from the step after it?",
    missing(true, false),
  ),
  "missing-carried-cell-gradient": mistake(
    "On the way back, what does a step get through c_t from the step after it?",
    missing(false, true),
  ),
  "missing-carry": mistake("Does the gradient go on to the earlier steps?", missing(true, true)),
  "last-step-only": mistake(
    "The weights are used in every step. Which steps does your gradient count?",
    ofStep((t, T) => Number(t === T)),
  ),
  "first-step-only": mistake(
    "The weights are used in every step. Which steps are in your sum?",
    ofStep((t) => Number(t === 1)),
  ),
  "averaged-over-steps": mistake(
    "Is the gradient over all steps a sum or a mean?",
    ofStep((_, T) => 1 / T),
  ),
  "upstream-at-every-step": mistake("At which steps does the loss look at the hidden state?", {
    upstream: (_, last) => last,
  }),
} as const;
