import type { WeightList } from "../input/weights/read-file.ts";
import type { CellResult, SigmoidResult } from "../lstm/results/records.ts";
import type { CheckResult } from "../verify/result.ts";

/** Everything that a command prints. */
export type Result = CellResult | SigmoidResult | CheckResult | WeightList;
