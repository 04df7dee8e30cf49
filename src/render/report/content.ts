import type { Explanation } from "../../explain/explain.ts";
import type { State } from "../../lstm/cell.ts";
import type { ForwardResult, JacobianResult, OptimumResult, SequenceResult } from "../../lstm/results/records.ts";
import type { TermWeights } from "../../lstm/results/term-weights.ts";
import type { StepLabel } from "../../lstm/unroll.ts";
import type { CheckResult } from "../../verify/result.ts";

/** Everything that the page shows: the results of the other commands. null is what this cell cannot tell or does not have. */
export interface ReportContent {
  /** The cell's name or its file; not yet escaped. */
  readonly heading: string;
  /** Of a sequence, the step that the page looks at, and how many there are. */
  readonly step: (StepLabel & { readonly of: number }) | null;
  readonly state: State;
  readonly forward: ForwardResult;
  readonly jacobian: JacobianResult | null;
  readonly paths: TermWeights | null;
  readonly optimum: OptimumResult | null;
  readonly sequence: SequenceResult | null;
  /** The verdict, or the reason why there is none. */
  readonly check: CheckResult | string;
  readonly derivation: Explanation;
  readonly digits: number;
}
