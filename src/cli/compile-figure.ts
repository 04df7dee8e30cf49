/** The results that one picture alone is made of. */
import { misuse } from "../errors.ts";
import type { Cell } from "../lstm/cell.ts";
import { gateCircle } from "../lstm/gate-circle.ts";
import type { Gate } from "../lstm/names.ts";
import { missingKeys, requireKeys } from "../lstm/requirements.ts";
import type { Progress } from "../lstm/results/sequence.ts";
import { sequencePicture } from "../lstm/results/sequence-picture.ts";
import { unitFlow } from "../lstm/results/unit-flow.ts";
import type { FigureContent, FigureName } from "../render/report/figure.ts";
import { derivativesOf, lookAt, requireUnit } from "./report-parts.ts";

interface FigureRequest {
  readonly figure: FigureName;
  /** Of a sequence; the last one unless given. */
  readonly step: number | undefined;
  readonly unit: number;
  readonly gate: Gate;
}

/** @throws {DlstmError} missing, where the cell lacks a gate; overflow; usage, for a step or a unit that it does not have, or a flow without a sequence. */
export function compileFigure(
  given: Cell,
  { figure, step, unit, gate }: FigureRequest,
  progress: Progress,
): FigureContent {
  requireUnit(unit, given);
  const { last, cell } = lookAt(given, step);
  if (figure === "circle") return { figure, circle: gateCircle(cell, gate, unit) };
  if (figure === "flow") {
    if (given.x === null) throw misuse("--figure", "flow, expected a cell with a sequence x along which it flows");
    return { figure, sequence: sequencePicture(given, last, progress) };
  }
  const { forward, paths } = derivativesOf(cell);
  if (figure === "cell") {
    return { figure, flow: unitFlow(forward, cell.state, paths?.terms ?? null, unit), inputs: cell.state };
  }
  requireKeys(missingKeys(cell, "h_t"), "the paths");
  return { figure, paths: paths! };
}
