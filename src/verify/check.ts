/**
 * Every derivative of a cell against central differences of an independent forward pass in high precision, to tell the
 * error of the doubles themselves. A derivative passes where its error is within the numerical promise, an answer where
 * it is within a tolerance.
 */
import type { Cell } from "../lstm/cell.ts";
import type { StepJacobian } from "../lstm/step-jacobian.ts";
import { stepCell, type Unrolled } from "../lstm/unroll.ts";
import { withBits } from "./arithmetic.ts";
import { type CheckOptions, type Claims, Verdicts } from "./claims.ts";
import type { Direction } from "./direction.ts";
import { GradientCheck } from "./gradient.ts";
import { hessianTasks } from "./hessian-tasks.ts";
import { INPUT_PATHS, type InputClaim, inputTasks } from "./inputs.ts";
import { productTasks } from "./product.ts";
import { stepClaims } from "./step-claims.ts";
import { StepEntries } from "./step-entries.ts";
import { StepReference } from "./step-reference.ts";
import { columnTasks, parameterTasks, termTasks } from "./step-tasks.ts";
import type { Judgement } from "./verdict.ts";

/** A sequence with what of it is to be judged. */
export interface SequenceClaims {
  readonly unrolled: Unrolled;
  /** The Jacobian of each step. */
  readonly steps: readonly StepJacobian[];
  readonly inputs: readonly InputClaim[];
  /** Whether the steps are judged, or only the whole. */
  readonly judgeSteps: boolean;
  /** The gradient, and the product `jacobian.h_T.h_0` … × 2^exponent2. */
  readonly whole: Claims;
  readonly exponent2: number;
}

/**
 * Judges the derivatives of a cell of one step, with more bits where a reference cancels to less than a double's.
 * @param direction what the Hessian is multiplied with in `product.h_prev` …
 */
export function checkStep(
  cell: Cell,
  claims: Claims,
  options: CheckOptions,
  direction: Direction | null = null,
): Judgement {
  const once = () => checkStepOnce(cell, claims, options, direction);
  const found = withBits(FEW_BITS, once);
  const again = found.isVague && options.tolerance === null;
  return (again ? withBits(MANY_BITS, once) : found).judgement();
}

/** Enough for 53 of a double, 20 more, and what three of four summands take away. */
const FEW_BITS = 128;
/** What cancels to nothing is known to be below half of the smallest double, whatever doubles it is multiplied with. */
const MANY_BITS = 4096;

function checkStepOnce(cell: Cell, claims: Claims, options: CheckOptions, direction: Direction | null): Verdicts {
  const verdicts = new Verdicts(claims.keys(), options.tolerance);
  const reference = new StepReference(cell);
  const entries = new StepEntries(reference);
  const tasks = [
    ...columnTasks(cell, entries, claims, options, verdicts),
    ...parameterTasks(cell, entries, claims, options, verdicts),
    ...termTasks(cell, entries, claims, options, verdicts),
    ...hessianTasks(reference, claims, options, verdicts, direction),
  ];
  if (hasGradient(claims)) {
    tasks.push(() => {
      const gradient = new GradientCheck(cell, 1, claims, options.columns, verdicts);
      gradient.back(1, reference);
      gradient.finish();
    });
  }
  run(tasks, options, verdicts);
  return verdicts;
}

/**
 * Judges a sequence: each step's Jacobian at the state as it was rounded, the gradient from those, and the product
 * against the exact product of the steps' Jacobians that were handed in.
 */
export function checkSequence(claimed: SequenceClaims, options: CheckOptions): Judgement {
  const { unrolled, steps, inputs, judgeSteps, whole, exponent2 } = claimed;
  const ofSteps = judgeSteps ? [...stepClaims(steps[0], inputs[0].own).keys()] : [];
  const verdicts = new Verdicts([...ofSteps, ...INPUT_PATHS, ...whole.keys()], options.tolerance);
  const gradient = hasGradient(whole)
    ? new GradientCheck(unrolled.cell, unrolled.steps, whole, options.columns, verdicts)
    : null;
  const tasks: (() => void)[] = [];
  for (let t = unrolled.steps; t >= 1 && (judgeSteps || gradient); t--) {
    tasks.push(() => {
      const reference = new StepReference(stepCell(unrolled, t));
      if (judgeSteps) {
        const own = stepClaims(steps[t - 1], inputs[t - 1].own);
        const entries = new StepEntries(reference);
        for (const task of columnTasks(reference.cell, entries, own, options, verdicts, t)) task();
      }
      gradient?.back(t, reference);
    });
  }
  if (gradient) tasks.push(() => gradient.finish());
  if (inputs.some(({ toEnd }) => toEnd)) tasks.push(...inputTasks(claimed, unrolled.cell, options, verdicts));
  tasks.push(...productTasks(steps, unrolled.cell.hiddenSize, whole, exponent2, options, verdicts));
  run(tasks, options, verdicts);
  return verdicts.judgement();
}

type Task = () => void;

function run(tasks: readonly Task[], { progress }: CheckOptions, verdicts: Verdicts): void {
  tasks.forEach((task, k) => {
    task();
    progress(k + 1, tasks.length);
  });
  verdicts.settle();
}

function hasGradient(claims: Claims): boolean {
  return [...claims.keys()].some((path) => path.startsWith("gradient."));
}
