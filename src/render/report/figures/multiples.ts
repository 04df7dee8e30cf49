/** The diagram of every unit beside each other, small and without numbers, its lines on one scale. */
import { EDGES, type Edge, type UnitFlow } from "../../../lstm/results/unit-flow.ts";
import { element, label, tooltip } from "../svg.ts";
import { EDGES_BOX, edgeLines, mostCarried, thickness } from "./cell-edges.ts";
import { WIDE } from "./cell-layout.ts";

/** More units than this, and those stand there that carry most. */
const MOST_UNITS = 12;
/** Small pictures need thicker lines. */
const ENLARGED = 2;

/** null where no unit carries anything, or there is but one. */
export function multiplesHtml(units: readonly UnitFlow[]): string | null {
  const most = mostCarried(units);
  if (units.length < 2 || most === 0) return null;
  const size = ({ carried }: UnitFlow) => carried?.norm.all ?? 0;
  const shown = [...units].sort((a, b) => size(b) - size(a)).slice(0, MOST_UNITS);
  const width = thickness(most);
  const { x, y, width: across, height } = EDGES_BOX;
  const viewBox = `${x} ${y} ${across} ${height}`;
  const symbol = element(
    "symbol",
    { id: "diagram", viewBox },
    edgeLines(WIDE, (edge) => `var(--${edge})`),
  );
  const pictures = shown
    .sort((a, b) => a.unit - b.unit)
    .map(({ unit, carried }) => {
      const widths = (Object.keys(EDGES) as Edge[]).map((edge) => {
        const own = ENLARGED * width(carried?.norm[edge] ?? 0);
        return `--${edge}:${Number(own.toFixed(1))}`;
      });
      const words = `unit ${unit}: length of the row ${label(carried?.norm.all ?? 0)}`;
      const svg = element(
        "svg",
        { viewBox: `0 0 ${across} ${height}`, style: widths.join(";"), role: "img", "aria-label": words },
        tooltip(words),
        element("use", { href: "#diagram" }),
      );
      return `<figure>${svg}<figcaption>${unit}</figcaption></figure>`;
    });
  const which =
    shown.length === units.length ? "All units" : `The ${shown.length} of ${units.length} units that carry most`;
  return `<h3>${which}, their lines on one scale</h3>
<svg class=defs aria-hidden=true>${symbol}</svg><div class=multiples>${pictures.join("\n")}</div>`;
}
