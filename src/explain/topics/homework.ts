import type { Norm } from "../../lstm/names.ts";
import { type Said, say, type Topic } from "../topic.ts";
import type { TopicName } from "../topic-names.ts";
import { topics } from "./index.ts";

/** What is asked of one step of the cell, and the topic whose essential steps answer it. */
const QUESTIONS: readonly (readonly [TopicName, Said])[] = [
  ["dependency", say`1. Does $c_{t-1}$ depend on $h_{t-1}$?`],
  ["forget-gate", say`2. $∂f_t/∂h_{t-1}$`],
  ["cell-state", say`3. $∂c_t/∂h_{t-1}$`],
  ["hidden-state", say`4. $∂h_t/∂h_{t-1}$`],
  ["optimum", say`5. The unit vector $h_{t-1}$ that opens the forget gate widest`],
];

/** On the way to the paths, which are shown. */
const PASSING = ["jacobian.o.h_prev", "jacobian.tanh_c_t.h_prev"];

/** The five questions of the homework, short enough to be handed in: no number stands there twice, none that was given or is only passed through. */
export function homework(norm: Norm): [TopicName, Topic][] {
  const shown = new Set<string>(PASSING);
  const isNew = (path: string) => !(path.startsWith("U_") || shown.has(path)) && shown.add(path) !== null;
  return QUESTIONS.map(([name, title]) => {
    const essential = topics[name](norm).steps.filter((step) => step.essential);
    return [name, { title, steps: essential.map((step) => ({ ...step, numbers: step.numbers?.filter(isNew) ?? [] })) }];
  });
}
