/** The keys of the results, sorted by whether an answer under them can be right or wrong. */
import type { Family } from "../quantities.ts";
import type { CellResult } from "./records.ts";

/** What files of cells and lines of streams are told by. */
type Label = "file" | "id" | "name" | "$schema";

type KeyOf<Result> = Result extends unknown ? keyof Result : never;

// typed over the records, so that a new key of theirs does not compile until it is sorted
const BESIDE: Readonly<Record<Exclude<KeyOf<CellResult>, Family> | Label, null>> = {
  ...{ version: null, hidden_size: null, input_size: null, file: null, id: null, name: null, $schema: null },
  ...{ reverse: null, assumed_zero: null, assumed_one: null, assumed_activation: null, missing: null },
  ...{ unit: null, hessian: null, blocks: null, vector: null, product: null, eigenvalues: null },
  ...{ from_step: null, to_step: null, steps: null, flow: null, exponent2: null },
  ...{ jacobian_norm: null, jacobian_log10: null, lyapunov: null, lyapunov_steps: null },
  ...{ input_jacobian: null, eigenvalues: null, singular_log10: null },
};

/** What results, or the files of cells, say beside their quantities: readers of answers pass it over. */
export const BESIDE_QUANTITIES: ReadonlySet<string> = new Set(Object.keys(BESIDE));
