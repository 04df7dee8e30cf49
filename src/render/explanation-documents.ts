/** The formats of a derivation that are documents, behind one door so that they are loaded together. */
export { renderExplanationHtml } from "./explanation-html.ts";
export { renderExplanationLatex } from "./explanation-latex.ts";
export { renderExplanationMarkdown } from "./explanation-markdown.ts";
