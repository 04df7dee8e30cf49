/** A figure alone, for papers and slides: SVG whose styles need nothing but what stands in it. */
import { colourRules } from "./colours.ts";
import type { Figure } from "./figure-html.ts";
import rules from "./figures/figure.css?raw";
import { INKS } from "./inks.ts";
import { element, text, tooltip } from "./svg.ts";

/** Programs that make PDF of SVG know no custom properties: each stands as its colour. */
const STYLE =
  colourRules("light") +
  rules.replace(/var\(--([\w-]+)\)/g, (_, name: keyof (typeof INKS)["light"]) => INKS.light[name]) +
  "text{font:13px Helvetica,Arial,sans-serif}";

/** Where the title begins, how high it is, and a line below it. */
const [LEFT, TITLE, LINE] = [20, 34, 18];

export function figureFile({ title, notes, words, panels }: Figure): string {
  const top = TITLE + LINE * notes.length;
  const width = panels.reduce((sum, panel) => sum + panel.width, 0);
  const height = top + Math.max(...panels.map((panel) => panel.height));
  const drawn = panels.map(({ body }, k) => {
    const left = panels.slice(0, k).reduce((sum, before) => sum + before.width, 0);
    return element("g", { transform: `translate(${left} ${top})` }, body);
  });
  return `${element(
    "svg",
    { xmlns: "http://www.w3.org/2000/svg", class: "figure", width, height, viewBox: `0 0 ${width} ${height}` },
    tooltip(words),
    element("style", {}, STYLE),
    element("rect", { width, height, fill: INKS.light.paper }),
    text(LEFT, 22, title, { class: "title" }),
    ...notes.map((note, k) => text(LEFT, 22 + LINE * (k + 1), note)),
    ...drawn,
  )}\n`;
}
