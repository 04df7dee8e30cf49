/** What is judged of second derivatives: the blocks of the units, the Hessian by the inputs, its product with a vector, its eigenvalues. */
import type { Matrix } from "../linalg/matrix.ts";
import { BLOCKS_DERIVATIVE, EIGENVALUES_DERIVATIVE } from "../lstm/derivatives.ts";
import { once } from "../once.ts";
import { type CheckOptions, type Claims, everyRow, sampled, type Verdicts } from "./claims.ts";
import type { Direction } from "./direction.ts";
import { eigenvaluesOf, exactRows } from "./eigenvalues.ts";
import { HessianReference, INPUTS } from "./hessian.ts";
import type { HessianEstimates } from "./hessian-estimates.ts";
import type { Place } from "./place.ts";
import type { StepReference } from "./step-reference.ts";
import { UNIT_INPUTS } from "./unit.ts";

type Task = () => void;

/** @param direction what the product is one with */
export function hessianTasks(
  reference: StepReference,
  claims: Claims,
  options: CheckOptions,
  verdicts: Verdicts,
  direction: Direction | null,
): Task[] {
  const isJudged = (path: string) => /^(hessian\.|product\.|blocks$|eigenvalues$)/.test(path);
  if (![...claims.keys()].some(isJudged)) return [];
  const own = new HessianReference(reference);
  const near = own.estimates();
  return [
    () => judgeBlocks(own, near, claims, verdicts),
    ...columnTasks(own, near, claims, options, verdicts),
    () => judgeProduct(own, claims, options, verdicts, direction),
    () => judgeEigenvalues(own, claims, options, verdicts),
  ];
}

function judgeBlocks(own: HessianReference, { blocks }: HessianEstimates, claims: Claims, verdicts: Verdicts): void {
  const { path } = BLOCKS_DERIVATIVE;
  const claim = claims.get(path);
  if (claim === undefined) return;
  const entries = everyRow(blocks.length);
  const rows = entries.map((k) => Math.floor(k / UNIT_INPUTS.length));
  const column = entries.map((k) => k % UNIT_INPUTS.length);
  verdicts.addEstimated(path, claim, { rows, column }, blocks, (place) => own.block(place.row, place.column!));
}

/** Rows and columns of a matrix that are looked at: of an answer all. */
function mostOf(own: HessianReference, { tolerance }: CheckOptions): number {
  return tolerance === null ? own.side : Number.POSITIVE_INFINITY;
}

/** A task a column by one input. */
function columnTasks(
  own: HessianReference,
  near: HessianEstimates,
  claims: Claims,
  options: CheckOptions,
  verdicts: Verdicts,
): Task[] {
  const most = mostOf(own, options);
  return INPUTS.flatMap((wrt) => {
    const claimed = INPUTS.flatMap((of) => {
      const path = `hessian.${of}.${wrt}`;
      const claim = claims.get(path);
      return claim ? [{ of, claim, path }] : [];
    });
    if (claimed.length === 0) return [];
    return sampled(own.length(wrt), Math.min(options.columns ?? most, most)).map((column) => () => {
      const entry = once(() => own.column(wrt, column));
      const estimates = near.column(wrt, column);
      for (const { of, claim, path } of claimed) {
        const rows = sampled(own.length(of), most);
        const exactly = ({ row }: Place) => entry()(of, row);
        verdicts.addEstimated(path, claim, { rows, column }, estimates(of, rows), exactly);
      }
    });
  });
}

function judgeProduct(
  own: HessianReference,
  claims: Claims,
  options: CheckOptions,
  verdicts: Verdicts,
  direction: Direction | null,
): void {
  if (direction === null) return;
  const entry = own.along(direction);
  for (const of of INPUTS) {
    const path = `product.${of}`;
    const claim = claims.get(path);
    if (claim === undefined) continue;
    for (const row of sampled(own.length(of), mostOf(own, options))) {
      verdicts.add(path, claim, { row, column: null }, entry(of, row));
    }
  }
}

/** Of ours those of the block that is printed are promised; of an answer it is those of the Hessian itself. */
function judgeEigenvalues(
  own: HessianReference,
  claims: Claims,
  { tolerance }: CheckOptions,
  verdicts: Verdicts,
): void {
  const { path } = EIGENVALUES_DERIVATIVE;
  const claim = claims.get(path);
  if (claim === undefined) return;
  const printed = tolerance === null ? (claims.get("hessian.h_prev.h_prev") as Matrix | undefined) : undefined;
  const rows = printed?.data.every(Number.isFinite) ? exactRows(printed) : own.byState();
  for (const [row, expected] of eigenvaluesOf(rows).entries()) {
    verdicts.add(path, claim, { row, column: null }, expected);
  }
}
