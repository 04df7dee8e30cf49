/** One picture of the report alone. */
import type { GateCircle } from "../../lstm/gate-circle.ts";
import type { SequencePicture } from "../../lstm/results/sequence-picture.ts";
import type { UnitFlow } from "../../lstm/results/unit-flow.ts";
import { figureFile } from "./figure-file.ts";
import type { Figure } from "./figure-html.ts";
import { type CellInputs, cellFigure } from "./figures/cell.ts";
import { circleFigure } from "./figures/circle.ts";
import { flowFigure } from "./figures/flow.ts";
import { type PathsContent, pathsFigure } from "./figures/paths.ts";

export type FigureContent =
  | { readonly figure: "cell"; readonly flow: UnitFlow; readonly inputs: CellInputs }
  | { readonly figure: "circle"; readonly circle: GateCircle }
  | { readonly figure: "paths"; readonly paths: PathsContent }
  | { readonly figure: "flow"; readonly sequence: SequencePicture };

export type FigureName = FigureContent["figure"];

/** A file of SVG. */
export function renderFigure(content: FigureContent): string {
  return figureFile(drawn(content));
}

function drawn(content: FigureContent): Figure {
  switch (content.figure) {
    case "cell":
      return cellFigure(content.flow, content.inputs);
    case "circle":
      return circleFigure(content.circle);
    case "paths":
      return pathsFigure(content.paths);
    case "flow":
      return flowFigure(content.sequence);
  }
}
