/** The activation of the gates f, i, o where the framework has a choice of it that the arrays alone do not tell. */

import { type Problem, toProblem } from "../../../errors.ts";
import { excerpt } from "../../excerpt.ts";
import type { Weights } from "../weights.ts";
import { firstName } from "./candidates.ts";
import type { Choice } from "./choices.ts";
import type { Reading } from "./fit.ts";
import { keysOf, layersApart, normal, scopeOf, startsIn } from "./settings.ts";

/** As TensorFlow.js names the layers that it makes: `lstm_LSTM1`, `forward_lstm_LSTM2`, `rnn_RNN1`. */
const TFJS_LAYER = /(^|[./])\w+_(LSTM|RNN)\d+$/;

/** What is assumed of the gates of a reading, or what is wrong with assuming anything. */
interface Activation {
  readonly assumed: "sigmoid" | null;
  readonly problems: readonly Problem[];
}

/**
 * Tells what is assumed of each reading's gates. Nothing where its framework has no choice, or where the file or the flag
 * tells; Keras' default, sigmoid, where Keras' arrays do not. TensorFlow.js' default is hard sigmoid: its arrays have to tell.
 */
export function activationsIn(
  weights: Weights,
  { from, recurrentActivation }: Choice,
): (reading: Reading) => Activation {
  const layers = layersApart(weights);
  // what is told is refused elsewhere, unless it is sigmoid
  const told = new Set(
    weights.settings.flatMap(({ name, value }) => {
      return value === null ? [] : (scopeOf(keysOf(name), /^recurrent_?activation$/i, layers) ?? []);
    }),
  );
  const toldAbove = startsIn(told);
  return (reading) => {
    const { layout, prefix } = reading;
    const isTold = recurrentActivation !== undefined || toldAbove(normal(prefix)).length > 0;
    if (layout.recurrentActivation === undefined || isTold) return { assumed: null, problems: [] };
    const isTfjs = layout.convention === "tfjs" || (from === undefined && TFJS_LAYER.test(prefix));
    if (!isTfjs) return { assumed: "sigmoid", problems: [] };
    const message =
      "TensorFlow.js' arrays do not tell their recurrentActivation, hardSigmoid unless another was given; expected the model's topology beside them or, where it is sigmoid, --recurrent-activation sigmoid";
    return { assumed: null, problems: [toProblem("ambiguous", message, { place: excerpt(firstName(reading)) })] };
  };
}

/** What is said of a cell whose gates' activation is assumed. */
export const ASSUMED_SIGMOID =
  "the file does not tell the gates' activation, taken as Keras' default, sigmoid (hard sigmoid before 2.3); --recurrent-activation sigmoid says so";

/** What is said of arrays as TensorFlow.js has them. */
export const UNTOLD_BY_TFJS =
  "TensorFlow.js' arrays do not tell the gates' activation: make the layer with recurrentActivation: 'sigmoid'; here they read back with --from tfjs --recurrent-activation sigmoid";
