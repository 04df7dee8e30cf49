/** The lines of the cell's diagram, and which of the paths of ∂h_t/∂h_{t-1} run along each. */
import { scaleLinear } from "d3-scale";
import type { Edge, UnitFlow } from "../../../lstm/results/unit-flow.ts";
import { element } from "../svg.ts";
import type { CellLayout } from "./cell-layout.ts";

/** The part of the plane that the lines of a wide diagram take up. */
export const EDGES_BOX = { x: 20, y: 40, width: 780, height: 320 };

interface Line {
  readonly d: string;
  /** null: nothing that depends on h_{t-1} */
  readonly edge: Edge | null;
}

/** The memory runs along the top, h_{t-1} along the bottom; the gates stand between. */
function linesOf({ left, right, end, input, below, meets, columns }: CellLayout): readonly Line[] {
  const { f, i, u, o } = columns;
  return [
    { edge: null, d: `M${left} 70H${f}` },
    { edge: "f", d: `M${f} 70H${u}` },
    { edge: "fiu", d: `M${u} 70H${end}V${meets}` },
    { edge: null, d: `M${end} 70H${right}` },
    { edge: "all", d: `M${left} 330H${f}` },
    { edge: "f", d: `M${f} 330V70` },
    { edge: "iuo", d: `M${f} 330H${i}` },
    { edge: "i", d: `M${i} 330V150H${u}` },
    { edge: "uo", d: `M${i} 330H${u}` },
    { edge: "u", d: `M${u} 330V150` },
    { edge: "iu", d: `M${u} 150V70` },
    { edge: "o", d: `M${u} 330H${o}V${meets}H${end}` },
    { edge: "all", d: `M${end} ${meets}V330H${right}` },
    { edge: null, d: `M${input} ${below}V330` },
  ];
}

/** Units of the picture. */
const [THIN, THICK] = [1.2, 11];

/** How thick a line is that carries so much, of at most the largest. */
export function thickness(largest: number): (carried: number) => number {
  const scale = scaleLinear([0, largest], [THIN, THICK]);
  return (carried) => (largest === 0 ? THIN : scale(carried));
}

/** The largest that any of the lines carries. */
export function mostCarried(units: readonly UnitFlow[]): number {
  return Math.max(0, ...units.flatMap(({ carried }) => (carried ? Object.values(carried.norm) : [])));
}

/** @param width of the line along an edge, as the attribute says it; nothing runs along a dashed one */
export function edgeLines(layout: CellLayout, width: (edge: Edge) => string | null): string {
  // the thick ones first, so that none hides a thin one
  return linesOf(layout)
    .map(({ d, edge }) => {
      const own = edge === null ? null : width(edge);
      const name = edge !== null && edge.length === 1 ? `edge path-${edge}` : "edge";
      return own === null
        ? element("path", { class: "edge idle", d })
        : element("path", { class: name, style: `stroke-width:${own}`, d });
    })
    .join("");
}
