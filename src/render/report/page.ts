/** The page: one file without scripts, fonts or requests. */

import { nameLine, reverseCaptions, sizesOf } from "../cell-words.ts";
import { escapeHtml } from "../escape.ts";
import { explanationHtmlBody } from "../explanation-html.ts";
import { htmlDocument } from "../html-document.ts";
import { captionsOf } from "../sections.ts";
import type { ReportContent } from "./content.ts";
import { jacobiansHtml, pathsHtml } from "./jacobians.ts";
import { optimumHtml } from "./optimum.ts";
import { sequenceHtml } from "./sequence.ts";
import { STYLES } from "./styles.ts";
import { symbolHtml } from "./symbol-html.ts";
import { gatesHtml, inputsHtml } from "./vectors.ts";
import { verdictHtml } from "./verdict.ts";

interface Part {
  readonly id: string;
  readonly title: string;
  readonly html: string;
}

/** The results of a cell as a page of HTML. */
export function renderReport(content: ReportContent): string {
  const title = escapeHtml(nameLine(content.heading));
  const parts = partsOf(content);
  const links = parts.map(({ id, title: name }) => `<a href="#${id}">${name}</a>`);
  const sections = parts.map(
    ({ id, title: name, html }) => `<section id=${id}>\n<h2>${name}</h2>\n${html}\n</section>`,
  );
  const captions = [...orderCaptions(content), ...captionsOf(content.forward)].map(
    (text) => `<p class=note>${symbolHtml(text)}</p>`,
  );
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

function partsOf(content: ReportContent): Part[] {
  const { digits, sequence, jacobian, paths, optimum, forward } = content;
  const parts: (Part | null)[] = [
    sequence && { id: "sequence", title: "The sequence", html: sequenceHtml(sequence, digits) },
    { id: "inputs", title: "Inputs", html: inputsHtml(content) },
    { id: "gates", title: "Gates", html: gatesHtml(content) },
    jacobian && {
      id: "jacobians",
      title: "Jacobians",
      html: jacobiansHtml(content) + (paths ? pathsHtml(paths, digits) : ""),
    },
    optimum && { id: "optimum", title: "Optimal unit vectors", html: optimumHtml(optimum, forward, digits) },
    { id: "check", title: "Check", html: verdictHtml(content.check, digits) },
    { id: "derivation", title: "Derivation", html: derivationHtml(content) },
  ];
  return parts.filter((part) => part !== null);
}

function sizes({ forward, step }: ReportContent): string {
  const at = step === null ? "" : `; the step looked at is ${step.t} of ${step.of}${rowRead(step)}`;
  return `One LSTM cell, ${sizesOf(forward)}${at}. Derivatives in numerator layout: row = unit of the output, column = component of the input.`;
}

function orderCaptions({ step }: ReportContent): string[] {
  return step?.x_row === undefined ? [] : reverseCaptions({ reverse: true });
}

function rowRead({ x_row }: NonNullable<ReportContent["step"]>): string {
  return x_row === undefined ? "" : `, which reads row ${x_row} of <i>x</i>, counted from 0`;
}

/** The topics stand below a heading of their own. */
function derivationHtml({ derivation, digits }: ReportContent): string {
  return explanationHtmlBody(derivation, { heading: null, digits, full: false, level: 3 });
}
