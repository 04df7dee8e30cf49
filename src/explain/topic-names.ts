/** The topics in the order in which a derivation of everything has them. */
export const TOPICS = [
  "dependency",
  "sigmoid",
  "tanh",
  "forget-gate",
  "hidden-state",
  "cell-state",
  "optimum",
  "backward",
  "parameters",
  "hessian",
  "sequence",
] as const;

/** The questions of a homework, each with the steps that its answer takes. */
export const HOMEWORK = "homework";
export const EXPLAINED = [...TOPICS, HOMEWORK] as const;

export type TopicName = (typeof TOPICS)[number];
