import type { Explanation } from "../../explain/explain.ts";
import type { State } from "../../lstm/cell.ts";
import type { GateCircle } from "../../lstm/gate-circle.ts";
import type {
  ForwardResult,
  HessianResult,
  JacobianResult,
  OptimumResult,
  OutputOptima,
} from "../../lstm/results/records.ts";
import type { SequencePicture } from "../../lstm/results/sequence-picture.ts";
import type { UnitFlow } from "../../lstm/results/unit-flow.ts";
import type { StepLabel } from "../../lstm/unroll.ts";
import type { CheckResult } from "../../verify/result.ts";
import type { PathsContent } from "./figures/paths.ts";

/** Everything that the page shows: the results of the other commands. null is what this cell cannot tell or does not have. */
export interface ReportContent {
  /** The cell's name or its file; not yet escaped. */
  readonly heading: string;
  /** Of a sequence, the step that the page looks at, and how many there are. */
  readonly step: (StepLabel & { readonly of: number }) | null;
  readonly state: State;
  readonly forward: ForwardResult;
  readonly jacobian: JacobianResult | null;
  /** c_t and h_t by the biases; those by weights are these times what the weight is multiplied with. */
  readonly byBiases: JacobianResult | null;
  /** Of a cell of few units. */
  readonly hessian: HessianResult | null;
  readonly paths: PathsContent | null;
  /** The unit looked at closely. */
  readonly unit: number;
  readonly units: readonly UnitFlow[];
  /** Its gates over the unit circle, the one looked at first; those that the cell has. */
  readonly circles: readonly GateCircle[];
  readonly optimum: OptimumResult | null;
  /** c_t and h_t of the unit looked at closely. */
  readonly outputOptima: OutputOptima | null;
  readonly sequence: SequencePicture | null;
  /** The verdict, or the reason why there is none. */
  readonly check: CheckResult | string;
  readonly derivation: Explanation;
  readonly digits: number;
}
