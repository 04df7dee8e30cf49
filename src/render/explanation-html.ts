import type { Explanation } from "../explain/explain.ts";
import { escapeHtml } from "./escape.ts";
import { writeNumber } from "./explained-numbers.ts";
import style from "./explanation.css?raw";
import { type ExplanationOptions, type WrittenStep, written } from "./explanation.ts";
import { formulaMathml } from "./formula-mathml.ts";
import { htmlDocument } from "./html-document.ts";

/** A derivation as one page of HTML with MathML: no script, no font, no request. */
export function renderExplanationHtml(explanation: Explanation, options: ExplanationOptions): string {
  const { name, sizes, body } = explanationHtmlParts(explanation, options);
  const title = escapeHtml(name ?? "The derivatives of one LSTM step");
  const below = name === null ? "" : `<p>${sizes}</p>\n`;
  return htmlDocument({ title, style, body: `<h1>${title}</h1>\n${below}${body}` });
}

/** The topics without the page's head; the cell's name, not yet escaped, and its sizes, for a page that has a head of its own. */
export function explanationHtmlParts(explanation: Explanation, options: ExplanationOptions) {
  const { topics, captions, ...head } = written(explanation, options, {
    words: escapeHtml,
    inline: (formula) => formulaMathml(formula, writeNumber(options.digits), "inline"),
    display: (formula) => formulaMathml(formula, writeNumber(options.digits), "block"),
  });
  const sections = topics.map(({ topic, title, steps }) => {
    const parts = steps.map((step) => stepHtml(step, options));
    return `<section id="explain-${topic}">\n${heading(0, title, options)}\n${parts.join("\n")}\n</section>`;
  });
  const remarks = captions.map((text) => `<p class="caption">${text}</p>`);
  return { ...head, body: [...sections, ...remarks].join("\n") };
}

function heading(below: 0 | 1, html: string, { level = 2 }: ExplanationOptions): string {
  return `<h${level + below}>${html}</h${level + below}>`;
}

function stepHtml(
  { number, rule, formulas, reason, numbers, remarks }: WrittenStep,
  options: ExplanationOptions,
): string {
  return [
    heading(1, `${number}. ${rule}`, options),
    ...formulas.map((formula) => `<div class="formula">${formula}</div>`),
    `<p>${reason}</p>`,
    ...numbers.map((group) => `<div class="numbers">${group.map((formula) => `<div>${formula}</div>`).join("")}</div>`),
    ...remarks.map((remark) => `<p class="remark">${remark}</p>`),
  ].join("\n");
}
