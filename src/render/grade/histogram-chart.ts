/** How many answers earned how many points, as SVG. */

import { scaleLinear } from "d3-scale";
import type { Bin } from "../../grade/histogram.ts";
import { counted } from "../../words/counted.ts";
import { shortNumber } from "./details.ts";

const WIDTH = 420;
const HEIGHT = 190;
const MARGIN = { left: 8, right: 8, top: 20, bottom: 38 };
/** Between two bars. */
const GAP = 2;

/** @param max what all answers could earn: the axis is of points; null: of their share */
export function histogramChart(bins: readonly Bin[], max: number | null): string {
  const floor = HEIGHT - MARGIN.bottom;
  const most = Math.max(1, ...bins.map(({ answers }) => answers));
  const x = scaleLinear([0, 1], [MARGIN.left, WIDTH - MARGIN.right]);
  const y = scaleLinear([0, most], [floor, MARGIN.top]);
  const named = (share: number) => (max ? shortNumber(share * max) : `${Math.round(100 * share)} %`);
  const bars = bins.map(({ from, to, answers }) => {
    const [left, width, top] = [x(from) + GAP / 2, x(to) - x(from) - GAP, y(answers)];
    const title = `<title>${named(from)} to ${named(to)}: ${counted(answers, "answer")}</title>`;
    const bar = `<rect x=${left.toFixed(1)} y=${top.toFixed(1)} width=${width.toFixed(1)} height=${(floor - top).toFixed(1)}>${title}</rect>`;
    if (answers === 0) return "";
    return `${bar}<text x=${(left + width / 2).toFixed(1)} y=${(top - 4).toFixed(1)} text-anchor=middle>${answers}</text>`;
  });
  // every other edge, so that long numbers do not run into each other
  const edges = [0, ...bins.map(({ to }) => to)].filter((_, k) => k % 2 === 0);
  const labels = edges.map(
    (share) => `<text x=${x(share).toFixed(1)} y=${floor + 14} text-anchor=${anchorOf(share)}>${named(share)}</text>`,
  );
  const spoken = bins
    .filter(({ answers }) => answers > 0)
    .map(({ from, to, answers }) => `${answers} from ${named(from)} to ${named(to)}`);
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role=img aria-label="Answers by points: ${spoken.join(", ") || "none"}">
<path class=grid d="M${MARGIN.left} ${floor}H${WIDTH - MARGIN.right}"/>
${bars.join("")}
${labels.join("")}
<text x=${WIDTH / 2} y=${HEIGHT - 5} text-anchor=middle>${max ? "points" : "share of the points"}</text>
</svg>`;
}

/** The first and the last label end where the axis does. */
function anchorOf(share: number): "start" | "middle" | "end" {
  return share === 0 ? "start" : share === 1 ? "end" : "middle";
}
