import { misuse } from "../errors.ts";
import { rowOf } from "../linalg/matrix.ts";
import type { Cell } from "../lstm/cell.ts";
import { cellAtStep } from "../lstm/cell-at-step.ts";
import { GATES, type Norm } from "../lstm/names.ts";
import { missingKeys } from "../lstm/requirements.ts";
import { header, notes } from "../lstm/results/notes.ts";
import type { Notes } from "../lstm/results/records.ts";
import { stepsOf } from "../lstm/unroll.ts";
import { cellNumber } from "../notation/formula.ts";
import type { Formula } from "../notation/formula-tree.ts";
import { type CellNumbers, openNumbers, symbolOf } from "./cell-numbers.ts";
import type { Value } from "./number-row.ts";
import { substitute } from "./substitute.ts";
import type { Diagram, Step, Topic } from "./topic.ts";
import { HOMEWORK, TOPICS, type TopicName } from "./topic-names.ts";
import { homework } from "./topics/homework.ts";
import { topics } from "./topics/index.ts";
import { unitTopic } from "./topics/unit.ts";

/** A number of the cell that a step shows. */
export interface ShownNumber {
  /** Where results have it; with a unit, its entry or row: `jacobian.f.h_prev[1]`. */
  readonly path: string;
  readonly symbol: Formula;
  readonly value: Value;
}

export interface ExplainedStep extends Pick<Step, "rule" | "formulas" | "reason"> {
  readonly numbers: readonly ShownNumber[];
  readonly remarks: readonly string[];
}

export interface ExplainedTopic {
  readonly topic: TopicName | "unit";
  readonly title: Topic["title"];
  /** For text and Markdown; other formats leave it out. */
  readonly diagram?: Diagram;
  readonly steps: readonly ExplainedStep[];
}

/** A derivation; with a cell, its numbers. */
export interface Explanation extends Notes {
  readonly version: 1;
  readonly hidden_size?: number;
  readonly input_size?: number | null;
  /** The step of a sequence to which the numbers belong, and how many it has. */
  readonly step?: number;
  readonly steps?: number;
  readonly unit?: number;
  /** Of a sequence that is read from its last row to its first; absent otherwise. */
  readonly reverse?: true;
  /** Upstream gradients that were not given and taken as one, where the topic backward has numbers. */
  readonly assumed_one?: readonly string[];
  readonly topics: readonly ExplainedTopic[];
}

export interface ExplainRequest {
  /** In this order; none: all, or with a unit that unit's walk alone. */
  readonly topics: readonly (TopicName | typeof HOMEWORK)[];
  /** Of the optimum's unit sphere; null: each of the three, in the homework the Euclidean one. */
  readonly norm: Norm | null;
  /** null: symbols only. */
  readonly cell: Cell | null;
  readonly unit: number | null;
  /** of a sequence; null: the first */
  readonly step: number | null;
}

/**
 * The derivation, step by step. What a partial cell cannot tell is left out and named in a remark.
 * @throws {DlstmError} usage, for a unit without a cell or one that it does not have, or a step likewise, or a norm without the optimum; overflow, where a number leaves the double range.
 */
export function explain({ cell, unit, step, ...request }: ExplainRequest): Explanation {
  const wanted = topicsOf(request, unit);
  if (cell === null) {
    if (unit !== null) throw misuse("--unit", "only with a cell, whose unit it is");
    return { version: 1, topics: wanted.map((each) => explainTopic(each, symbolic)) };
  }
  if (unit !== null && unit >= cell.hiddenSize) {
    throw misuse("--unit", `${unit}, expected 0 … ${cell.hiddenSize - 1}, the units of this cell`);
  }
  const at = step ?? 1;
  // a cell without a sequence is refused here
  const stepCell = cell.x === null && step === null ? cell : cellAtStep(cell, at);
  const numbersAt = openNumbers(cell, stepCell);
  return {
    ...header(cell),
    ...(cell.x === null ? {} : { step: at, steps: stepsOf(cell) }),
    ...(unit === null ? {} : { unit }),
    ...notes(stepCell, [...GATES, "c_t", "h_t"]),
    ...(takesOnes(wanted, stepCell) ? { assumed_one: ["dh_t"] } : {}),
    topics: wanted.map((each) => explainTopic(each, (part) => withNumbers(part, stepCell, numbersAt, unit))),
  };
}

type NamedTopic = readonly [ExplainedTopic["topic"], Topic];

function topicsOf({ topics: names, norm }: Pick<ExplainRequest, "topics" | "norm">, unit: number | null): NamedTopic[] {
  const isWalk = names.length === 0 && unit !== null;
  const all = isWalk ? [] : names.length === 0 ? TOPICS : [...new Set(names)];
  if (norm !== null && !all.some((name) => name === "optimum" || name === HOMEWORK)) {
    throw misuse("--norm", "only with the topics optimum and homework, whose unit sphere it is");
  }
  if (isWalk) return [["unit", unitTopic(unit)]];
  return all.flatMap((name) =>
    name === HOMEWORK ? homework(norm ?? "2") : [[name, topics[name](norm)] as NamedTopic],
  );
}

function takesOnes(wanted: readonly NamedTopic[], cell: Cell): boolean {
  const isTold = missingKeys(cell, "h_t").length === 0;
  return isTold && cell.upstream.dh_t === null && wanted.some(([name]) => name === "backward" || name === "hessian");
}

function explainTopic([topic, { steps, ...head }]: NamedTopic, show: (step: Step) => ExplainedStep): ExplainedTopic {
  return { topic, ...head, steps: steps.map(show) };
}

function symbolic({ rule, formulas, reason }: Step): ExplainedStep {
  return { rule, formulas, reason, numbers: [], remarks: [] };
}

function withNumbers(step: Step, cell: Cell, numbersAt: CellNumbers, unit: number | null): ExplainedStep {
  const shown: ShownNumber[] = [];
  const lacking = new Set<string>();
  const reasons = new Set<string>();
  for (const path of step.numbers ?? []) {
    const told = numbersAt(path);
    if ("lacking" in told) {
      for (const key of told.lacking) lacking.add(key);
      if (told.why) reasons.add(told.why);
    } else shown.push(ofUnit(path, told.value, unit));
  }
  const said = [...(step.remarks?.(cell, unit) ?? []), ...reasons];
  if (lacking.size > 0) {
    const which = shown.length > 0 ? "no further numbers" : "no numbers";
    said.push(`${which} here, for want of ${[...lacking].join(", ")}`);
  }
  const formulas = unit === null ? step.formulas : step.formulas.map((formula) => worked(formula, numbersAt, unit));
  return { ...symbolic(step), formulas, numbers: shown, remarks: said };
}

/** What does not go by units: it stays whole. */
const WHOLE = /^(loss|gradient\.x_t|eigenvalues|sequence\.flow\..*)$/;

/** Entry d of a vector, row d of a matrix; all of it for null. */
function ofUnit(path: string, value: Value, d: number | null): ShownNumber {
  const symbol = symbolOf(path);
  if (d === null || typeof value === "number" || "row" in value || WHOLE.test(path)) return { path, symbol, value };
  const at = `${path}[${d}]`;
  if (value instanceof Float64Array) return { path: at, symbol, value: value[d] };
  return { path: at, symbol, value: { row: "data" in value ? rowOf(value, d) : value[d] } };
}

/** left = right becomes left = right = right with numbers = the number of left, as far as the cell tells them. */
function worked(formula: Formula, numbersAt: CellNumbers, unit: number): Formula {
  if (formula.kind !== "chain" || formula.first.kind !== "quantity") return formula;
  const numberOf = (path: string) => {
    const told = numbersAt(path);
    return "value" in told && told.value instanceof Float64Array ? told.value[unit] : null;
  };
  const inserted = substitute(formula.links[formula.links.length - 1].side, numberOf);
  const result = numberOf(formula.first.path);
  if (inserted === null || result === null) return formula;
  const links = [inserted, cellNumber(result)].map((side) => ({ relation: "=" as const, side }));
  return { ...formula, links: [...formula.links, ...links] };
}
