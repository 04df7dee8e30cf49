import { isParameter } from "../../lstm/names.ts";
import type { CheckResult } from "../../verify/result.ts";
import { checkCaptions, checkSection } from "../check-sections.ts";
import { escapeHtml } from "../escape.ts";
import { fold } from "./fold.ts";
import { sectionTable } from "./section-table.ts";
import { symbolHtml } from "./symbol-html.ts";

/** What came of holding the derivatives against differences of the forward pass; or why nobody looked. */
export function verdictHtml(check: CheckResult | string, digits: number): string {
  if (typeof check === "string") return `<p class=note>${escapeHtml(check)}</p>`;
  // four times as many as all others together
  const quantities = check.quantities.filter(({ of, wrt, passed }) => !passed || of === "loss" || !isParameter(wrt));
  const mark = check.passed ? "<strong class=pass>✓</strong>" : "<strong class=fail>✗</strong>";
  const captions = checkCaptions(check).map((text) => `<p>${mark} ${symbolHtml(text)}</p>`);
  return `${captions.join("")}
<p class=axes>Every derivative against central differences of an independent forward pass in high precision.</p>
${fold("The worst entry of each derivative; of outputs by weights, of those that fail", sectionTable(checkSection({ ...check, quantities }), digits))}`;
}
