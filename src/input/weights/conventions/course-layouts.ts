/** The cells of courses and of a paper, as rows of the table of conventions. */

import type { Layout } from "./convention.ts";
import { BY_GATE, IFOU } from "./shared-rows.ts";

export const COURSES: readonly Layout[] = [
  {
    convention: "coursera",
    title: "the cell of deeplearning.ai's course",
    orientation: "rows",
    biasColumns: true,
    tensors: [
      { name: "Wf", part: "hx", gates: ["f"] },
      { name: "Wi", alias: "Wu", part: "hx", gates: ["i"] },
      { name: "Wc", part: "hx", gates: ["u"] },
      { name: "Wo", part: "hx", gates: ["o"] },
      { name: "bf", part: "b", gates: ["f"] },
      { name: "bi", alias: "bu", part: "b", gates: ["i"] },
      { name: "bc", part: "b", gates: ["u"] },
      { name: "bo", part: "b", gates: ["o"] },
    ],
  },
  {
    convention: "cs231n",
    title: "lstm_step_forward of CS231n",
    orientation: "columns",
    tensors: [
      { name: "Wx", part: "W", gates: IFOU },
      { name: "Wh", part: "U", gates: IFOU },
      { name: "b", part: "b", gates: IFOU },
    ],
  },
  {
    convention: "d2l",
    title: "the cell from scratch of Dive into Deep Learning",
    orientation: "columns",
    tensors: BY_GATE,
  },
  { convention: "graves", title: "the same names as Graves (2013) has them", orientation: "rows", tensors: BY_GATE },
];
