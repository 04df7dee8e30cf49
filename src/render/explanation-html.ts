import type { Explanation } from "../explain/explain.ts";
import { escapeHtml } from "./escape.ts";
import { writeNumber } from "./explained-numbers.ts";
import { type ExplanationOptions, type WrittenStep, written } from "./explanation.ts";
import { formulaMathml } from "./formula-mathml.ts";
import { htmlDocument } from "./html-document.ts";

const STYLE = `
:root { color-scheme: light dark; }
body { font: 1.05rem/1.55 Georgia, "Times New Roman", serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
h1, h2, h3 { line-height: 1.25; font-weight: 600; }
h2 { margin-top: 3rem; border-bottom: 1px solid #8886; }
h3 { font-size: 1.05rem; margin: 1.8rem 0 0.3rem; }
.formula { overflow-x: auto; padding: 0.25rem 0; }
.numbers { display: flex; flex-wrap: wrap; justify-content: safe center; gap: 0.6rem 2rem; overflow-x: auto; padding: 0.25rem 0; }
.remark, .caption { font-style: italic; }
math { font-size: 1.05em; }
`;

/** A derivation as one page of HTML with MathML: no script, no font, no request. */
export function renderExplanationHtml(explanation: Explanation, options: ExplanationOptions): string {
  const { name, sizes, body } = parts(explanation, options);
  const title = escapeHtml(name ?? "The derivatives of one LSTM step");
  const below = name === null ? "" : `<p>${sizes}</p>\n`;
  return htmlDocument({ title, style: STYLE, body: `<h1>${title}</h1>\n${below}${body}` });
}

/** The topics alone, for a page that has a head of its own. */
export function explanationHtmlBody(explanation: Explanation, options: ExplanationOptions): string {
  return parts(explanation, options).body;
}

function parts(explanation: Explanation, options: ExplanationOptions) {
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
