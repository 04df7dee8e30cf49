/** A figure within a page, whose styles it takes. */
import { type Panel, svg } from "./svg.ts";
import { symbolHtml } from "./symbol-html.ts";

/** What can stand alone too, in a file: panels beside each other below a title. */
export interface Figure {
  readonly title: string;
  /** Below the title, a line each. */
  readonly notes: readonly string[];
  /** What the whole shows. */
  readonly words: string;
  readonly panels: readonly Panel[];
  /** In place of a panel too wide for a narrow window; panels go below each other there. */
  readonly narrow?: Panel;
}

export function figureHtml({ title, notes, panels, narrow }: Figure): string {
  const drawn = panels.map((panel) => panelHtml(panel, narrow ? "figure wide" : "figure"));
  if (narrow) drawn.push(panelHtml(narrow, "figure narrow"));
  const below = notes.map((note) => `<p class=axes>${symbolHtml(note)}</p>`);
  return `<div class=panels><p class=title>${symbolHtml(title)}</p>${below.join("")}${drawn.join("")}</div>`;
}

function panelHtml(panel: Panel, kind: string): string {
  return svg(panel, { class: kind, style: `--w:${panel.width}px` });
}
