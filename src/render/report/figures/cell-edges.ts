/** The lines of the cell's diagram, and which of the paths of ∂h_t/∂h_{t-1} run along each. */
import { scaleLinear } from "d3-scale";
import type { Edge, UnitFlow } from "../../../lstm/results/unit-flow.ts";
import { element } from "../svg.ts";

/** The part of the plane that the lines take up. */
export const EDGES_BOX = { x: 20, y: 40, width: 780, height: 320 };

interface Line {
  readonly d: string;
  /** null: nothing that depends on h_{t-1} */
  readonly edge: Edge | null;
}

/** The memory runs along the top, h_{t-1} along the bottom; the gates stand between. */
const LINES: readonly Line[] = [
  { edge: null, d: "M30 70H230" },
  { edge: "f", d: "M230 70H450" },
  { edge: "fiu", d: "M450 70H670V190" },
  { edge: null, d: "M670 70H790" },
  { edge: "all", d: "M30 330H230" },
  { edge: "f", d: "M230 330V70" },
  { edge: "iuo", d: "M230 330H350" },
  { edge: "i", d: "M350 330V150H450" },
  { edge: "uo", d: "M350 330H450" },
  { edge: "u", d: "M450 330V150" },
  { edge: "iu", d: "M450 150V70" },
  { edge: "o", d: "M450 330H560V190H670" },
  { edge: "all", d: "M670 190V330H790" },
  { edge: null, d: "M110 372V330" },
];

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
export function edgeLines(width: (edge: Edge) => string | null): string {
  // the thick ones first, so that none hides a thin one
  return LINES.map(({ d, edge }) => {
    const own = edge === null ? null : width(edge);
    const name = edge !== null && edge.length === 1 ? `edge path-${edge}` : "edge";
    return own === null
      ? element("path", { class: "edge idle", d })
      : element("path", { class: name, style: `stroke-width:${own}`, d });
  }).join("");
}
