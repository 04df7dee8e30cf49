import type { Explanation } from "../explain/explain.ts";
import { excerpt } from "../input/excerpt.ts";
import { visibleLine } from "../visible.ts";
import { escapeLatex } from "./escape.ts";
import { writeNumber } from "./explained-numbers.ts";
import {
  captionsOfExplanation,
  type ExplanationOptions,
  sizesOf,
  type WrittenStep,
  writtenTopics,
} from "./explanation.ts";
import { formulaLatex } from "./formula-latex.ts";

const BEFORE = String.raw`\documentclass[11pt]{article}
\usepackage[utf8]{inputenc}
\usepackage[margin=28mm]{geometry}
\usepackage{amsmath}
\setlength{\parindent}{0pt}
\setlength{\parskip}{4pt}
\allowdisplaybreaks
\begin{document}
% --- fragment: from here to its end it pastes into any document with amsmath ---
`;

const AFTER = String.raw`% --- end of the fragment ---
\end{document}
`;

/**
 * A derivation as a LaTeX document that compiles as it is (pdflatex, xelatex, lualatex); between its two comments it
 * is a fragment for another document, which needs amsmath only.
 */
export function renderExplanationLatex(explanation: Explanation, options: ExplanationOptions): string {
  const { heading, digits } = options;
  const topics = writtenTopics(explanation, options, {
    words: escapeLatex,
    inline: (formula) => `$${formulaLatex(formula, writeNumber(digits), "inline")}$`,
    display: (formula) => formulaLatex(formula, writeNumber(digits)),
  });
  const columns = Math.max(explanation.hidden_size ?? 0, explanation.input_size ?? 0);
  // more columns than amsmath allows by itself
  const blocks = options.full && columns > 10 ? [`\\setcounter{MaxMatrixCols}{${columns}}`] : [];
  if (heading !== null) {
    blocks.push(`\\section*{${escapeLatex(visibleLine(excerpt(heading)))}}`, escapeLatex(sizesOf(explanation)));
  }
  for (const { title, steps } of topics) blocks.push(`\\subsection*{${title}}`, ...steps.flatMap(stepBlocks));
  blocks.push(...captionsOfExplanation(explanation).map((caption) => `\\emph{${escapeLatex(caption)}}`));
  return `${BEFORE}${blocks.join("\n\n")}\n${AFTER}`;
}

function stepBlocks({ title, formulas, reason, numbers, remarks }: WrittenStep): string[] {
  const shown = numbers.flatMap(inLines);
  return [
    [`\\paragraph{${title}.}\\mbox{}`, gathered(formulas), reason, ...(shown.length > 0 ? [gathered(shown)] : [])].join(
      "\n",
    ),
    ...remarks.map((remark) => `\\emph{${remark}}`),
  ];
}

/** So many matrices of one column beside each other. */
const BESIDE = 3;

function inLines(formulas: readonly string[]): string[] {
  const lines = Math.ceil(formulas.length / BESIDE);
  return Array.from({ length: lines }, (_, k) => formulas.slice(k * BESIDE, (k + 1) * BESIDE).join(" \\qquad "));
}

function gathered(formulas: readonly string[]): string {
  return `\\begin{gather*}\n${formulas.join(" \\\\[2pt]\n")}\n\\end{gather*}`;
}
