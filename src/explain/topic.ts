/** A derivation as data: topics, made of steps. */
import type { Cell } from "../lstm/cell.ts";
import type { Formula } from "../notation/formula-tree.ts";
import { math } from "../notation/read-formula.ts";

/** Sentences with formulas in them. */
export type Prose = readonly (string | Formula)[];

/** Plain words, or prose. */
export type Said = string | Prose;

/** One step: what is allowed, what it yields, and why. */
export interface Step {
  /** The rule that the step applies: product rule, chain rule, monotonicity … */
  readonly rule: Said;
  /** What the step states, a displayed line or chain each. */
  readonly formulas: readonly Formula[];
  readonly reason: Prose;
  /** The quantities of a cell that show it, by the paths under which results have them: `jacobian.f.h_prev`. */
  readonly numbers?: readonly string[];
  /** Whether a short derivation, which is handed in, has it too. */
  readonly essential?: true;
  /** What else is to be said of the cell's numbers, or of those of the unit that is followed. */
  readonly remarks?: (cell: Cell, unit: number | null) => readonly string[];
}

/** A picture in characters. */
export interface Diagram<Caption = Prose> {
  /** Lines of at most 72 characters, with two spaces on either side of a σ: in ASCII it is sigma. */
  readonly drawing: string;
  /** What is to be seen in it. */
  readonly caption: Caption;
}

export interface Topic {
  readonly title: Said;
  readonly diagram?: Diagram;
  readonly steps: readonly Step[];
}

/** Words with formulas between dollars: say`$σ$ increases, and so does unit $${d}$.` */
export function say(texts: TemplateStringsArray, ...parts: number[]): Prose {
  const words = String.raw(texts, ...parts).split("$");
  return words.map((part, k) => (k % 2 === 0 ? part : math([part]))).filter((part) => part !== "");
}
