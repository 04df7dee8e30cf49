import type { Explanation } from "../explain/explain.ts";
import { escapeLatex } from "./escape.ts";
import { writeNumber } from "./explained-numbers.ts";
import { type ExplanationOptions, type WrittenStep, written } from "./explanation.ts";
import { latexPen } from "./formula-latex.ts";

const BEFORE = String.raw`\documentclass[10pt]{article}
\usepackage[margin=20mm]{geometry}
\usepackage{amsmath}
\setlength{\parindent}{0pt}
\setlength{\parskip}{4pt}
\allowdisplaybreaks
\AtBeginDocument{\abovedisplayskip=4pt \belowdisplayskip=4pt \abovedisplayshortskip=4pt \belowdisplayshortskip=4pt}
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
  const pen = { words: escapeLatex, ...latexPen(writeNumber(options.digits)) };
  const { name, sizes, topics, captions } = written(explanation, options, pen);
  const columns = Math.max(explanation.hidden_size ?? 0, explanation.input_size ?? 0);
  // more columns than amsmath allows by itself
  const blocks = options.full && columns > 10 ? [`\\setcounter{MaxMatrixCols}{${columns}}`] : [];
  if (name !== null) blocks.push(`\\section*{${escapeLatex(name)}}`, sizes);
  for (const { title, steps } of topics) blocks.push(`\\subsection*{${title}}`, ...steps.flatMap(stepBlocks));
  blocks.push(...captions.map((caption) => `\\emph{${caption}}`));
  return `${BEFORE}${blocks.join("\n\n")}\n${AFTER}`;
}

function stepBlocks({ number, rule, formulas, reason, numbers, remarks }: WrittenStep): string[] {
  const head = `\\paragraph{${number}. ${rule}.}\\mbox{}`;
  return [
    [head, gathered(formulas), reason, ...(numbers.length > 0 ? [beside(numbers.flat())] : [])].join("\n"),
    ...remarks.map((remark) => `\\emph{${remark}}`),
  ];
}

function gathered(formulas: readonly string[]): string {
  return `\\begin{gather*}\n${formulas.join(" \\\\[2pt]\n")}\n\\end{gather*}`;
}

/** As many beside each other as a line holds, in small type: a derivation that is handed in has few pages. */
function beside(formulas: readonly string[]): string {
  const boxes = formulas.map((formula) => `\\mbox{$\\displaystyle ${formula}$}`);
  return `\\begin{center}\\footnotesize\\lineskip=4pt\n${boxes.join("\\qquad\n")}\n\\end{center}`;
}
