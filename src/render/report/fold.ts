/**
 * What is folded away until it is asked for.
 * @param onPaper whether a printed page has it
 */
export function fold(summary: string, html: string, onPaper = false): string {
  return `<details${onPaper ? " class=paper" : ""}><summary>${summary}</summary>${html}</details>`;
}
