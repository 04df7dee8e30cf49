import type { Norm } from "../../lstm/names.ts";
import type { Topic } from "../topic.ts";
import type { TopicName } from "../topic-names.ts";
import { backward } from "./backward.ts";
import { cellState } from "./cell-state.ts";
import { dependency } from "./dependency.ts";
import { forgetGate } from "./forget-gate.ts";
import { hessian } from "./hessian.ts";
import { hiddenState } from "./hidden-state.ts";
import { optimum } from "./optimum.ts";
import { parameters } from "./parameters.ts";
import { sequence } from "./sequence.ts";
import { sigmoid } from "./sigmoid.ts";
import { tanhTopic } from "./tanh.ts";

/** @param norm of the optimum's unit sphere; null: each of them */
export const topics: Readonly<Record<TopicName, (norm: Norm | null) => Topic>> = {
  dependency,
  sigmoid,
  tanh: tanhTopic,
  "forget-gate": forgetGate,
  "hidden-state": hiddenState,
  "cell-state": cellState,
  optimum,
  backward,
  parameters,
  hessian,
  sequence,
};
