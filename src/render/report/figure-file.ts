/** A picture alone, for papers and slides: SVG whose styles need nothing but what stands in it. */
import { escapeHtml } from "../escape.ts";
import { colourRules } from "./colours.ts";
import rules from "./figures/figure.css?raw";
import { INKS } from "./inks.ts";
import { element, type Figure } from "./svg.ts";

/** Programs that make PDF of SVG know no custom properties: each stands as its colour. */
const STYLE =
  colourRules("light") +
  rules.replace(/var\(--([\w-]+)\)/g, (_, name: keyof (typeof INKS)["light"]) => INKS.light[name]) +
  "text{font:13px Helvetica,Arial,sans-serif}";

export function figureFile({ width, height, words, body }: Figure): string {
  return `${element(
    "svg",
    { xmlns: "http://www.w3.org/2000/svg", class: "figure", width, height, viewBox: `0 0 ${width} ${height}` },
    element("title", {}, escapeHtml(words)),
    element("style", {}, STYLE),
    element("rect", { width, height, fill: INKS.light.paper }),
    body,
  )}\n`;
}
