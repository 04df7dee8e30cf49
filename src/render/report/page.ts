/** The page: one file without scripts, fonts or requests. */

import { nameLine, reverseCaptions, sizesOf } from "../cell-words.ts";
import { escapeHtml } from "../escape.ts";
import { explanationHtmlParts } from "../explanation-html.ts";
import { htmlDocument } from "../html-document.ts";
import { captionsOf } from "../sections.ts";
import { biasesHtml } from "./biases.ts";
import type { ReportContent } from "./content.ts";
import { figureHtml } from "./figure-html.ts";
import { cellFigure } from "./figures/cell.ts";
import { multiplesHtml } from "./figures/multiples.ts";
import { fold } from "./fold.ts";
import { hessianHtml } from "./hessian.ts";
import { jacobiansHtml } from "./jacobians.ts";
import { optimumHtml } from "./optimum.ts";
import { sequenceHtml } from "./sequence.ts";
import { STYLES } from "./styles.ts";
import { symbolHtml } from "./symbol-html.ts";
import { vectorsHtml } from "./vectors.ts";
import { verdictHtml } from "./verdict.ts";

/** The results of a cell as a page of HTML. */
export function renderReport(content: ReportContent): string {
  const { heading, step, forward } = content;
  const title = escapeHtml(nameLine(heading));
  const parts = partsOf(content);
  const links = parts.map(({ id, title }) => `<a href="#${id}">${title}</a>`);
  const sections = parts.map(({ id, title, html }) => `<section id=${id}>\n<h2>${title}</h2>\n${html}\n</section>`);
  const order = step?.x_row === undefined ? [] : reverseCaptions({ reverse: true });
  const captions = [...order, ...captionsOf(forward)].map((text) => `<p class=note>${symbolHtml(text)}</p>`);
  const body = `<header>
<h1>${title}</h1>
<p class=axes>${sizes(content)}</p>
${captions.join("\n")}
<nav aria-label="Sections">${links.join(" ")}</nav>
<p class="toggle axes"><label><input type=checkbox id=numbers> numbers in the pictures, which otherwise show the one under the pointer</label></p>
</header>
<main>
${sections.join("\n")}
</main>`;
  return htmlDocument({ title: `${title}: derivatives of an LSTM cell`, style: STYLES, body });
}

/** What this cell can tell, in order. */
function partsOf(content: ReportContent) {
  const { digits, sequence, jacobian, byBiases, hessian, paths, optimum, check } = content;
  const parts = [
    { id: "cell", title: "The cell", html: cellHtml(content) },
    sequence && { id: "sequence", title: "The sequence", html: sequenceHtml(sequence, digits) },
    jacobian && {
      id: "jacobians",
      title: "Jacobians",
      html: jacobiansHtml(
        jacobian,
        paths,
        { "each unit by its biases": biasesHtml(byBiases, digits), "second derivatives": hessianHtml(hessian, digits) },
        digits,
      ),
    },
    optimum && { id: "optimum", title: "Optimal unit vectors", html: optimumHtml({ ...content, optimum }) },
    { id: "gates", title: "Inputs and gates", html: vectorsHtml(content) },
    { id: "check", title: "Check", html: verdictHtml(check, digits) },
    { id: "derivation", title: "Derivation", html: derivationHtml(content) },
  ];
  return parts.filter((part) => part !== null);
}

/** The cell at a glance: one unit closely, all of them small. */
function cellHtml({ unit, units, state }: ReportContent): string {
  const figure = cellFigure(units[unit], state);
  return `<div class=beside>${figureHtml(figure)}<div>
${multiplesHtml(units) ?? ""}
<p class=axes>${symbolHtml(figure.words)}.</p></div></div>`;
}

/** As long as all the rest: folded, its topics below a heading of their own. */
function derivationHtml({ derivation, digits }: ReportContent): string {
  const { body } = explanationHtmlParts(derivation, { heading: null, digits, full: false, level: 3 });
  return fold("Every derivative, step by step", body);
}

function sizes({ forward, step }: ReportContent): string {
  const row = step?.x_row === undefined ? "" : `, which reads row ${step.x_row} of <i>x</i>, counted from 0`;
  const at = step === null ? "" : `; the step looked at is ${step.t} of ${step.of}${row}`;
  return `One LSTM cell, ${sizesOf(forward)}${at}. Derivatives in numerator layout: row = unit of the output, column = component of the input.`;
}
