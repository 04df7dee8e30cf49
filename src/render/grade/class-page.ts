/** A class as one page of HTML to look at: no name of a student, no script, no font, no request. */

import { hintOf } from "../../grade/report.ts";
import type { DiagnosisSummary, QuantitySummary, Summary } from "../../grade/summary.ts";
import { findQuantity } from "../../lstm/quantities.ts";
import { counted } from "../../words/counted.ts";
import { nameLine } from "../cell-words.ts";
import { escapeHtml } from "../escape.ts";
import { htmlDocument } from "../html-document.ts";
import { STYLES } from "../report/styles.ts";
import { symbolHtml } from "../report/symbol-html.ts";
import { shortNumber } from "./details.ts";
import { histogramChart } from "./histogram-chart.ts";
import { type GradeRenderer, ofClass } from "./report.ts";
import { entryOf, percent } from "./summary.ts";

export const renderClassPage: GradeRenderer = ({ heading }) => ofClass((summary) => pageOf(summary, heading));

function pageOf(summary: Summary, heading: string): string {
  const title = escapeHtml(nameLine(heading));
  const { answers, passed, unreadable, mean, mean_score, median_score, max_score } = summary;
  const lost = unreadable === 0 ? "" : `, ${unreadable} could not be read`;
  const most = max_score === null ? "" : ` of ${shortNumber(max_score)}`;
  const sections = partsOf(summary).map(({ title, html }) => `<section>\n<h2>${title}</h2>\n${html}\n</section>`);
  const body = `<header>
<h1>${title}</h1>
<p>${counted(answers, "answer")}: ${passed} all right${lost}. Mean ${shortNumber(mean_score)}${most} points (${percent(mean).trim()}), median ${shortNumber(median_score)}.</p>
</header>
<main>
${sections.join("\n")}
</main>`;
  return htmlDocument({ title: `${title}: a class`, style: STYLES, body });
}

function partsOf({ histogram, max_score, quantities, diagnoses, hardest }: Summary) {
  return [
    { title: "Points", html: histogramChart(histogram, max_score) },
    { title: "Questions", html: barTable(["quantity", "mean", "", "right in"], quantities.map(questionRow)) },
    {
      title: "Mistakes",
      html:
        diagnoses.length === 0
          ? "<p class=axes>None was recognised.</p>"
          : barTable(
              ["mistake", "answers", "", "what students are told"],
              diagnoses.map((one) => mistakeRow(one, diagnoses[0].answers)),
            ),
    },
    {
      title: "Hardest entries",
      html:
        hardest.length === 0
          ? "<p class=axes>No single entry was wrong.</p>"
          : `<p class=axes>Of the answers that hold the quantity in its shape; rows and columns count from 0, at most three entries of a quantity.</p>
${barTable(
  ["entry", "wrong", "", "in answers"],
  hardest.map((one) => ({
    head: `${symbolOf(one.name)}<code>${entryOf(one)}</code>`,
    value: percent(one.wrong / one.answers),
    share: one.wrong / one.answers,
    last: `${one.wrong} of ${one.answers}`,
  })),
)}`,
    },
  ];
}

/** HTML, and the length of the row's bar. */
interface Row {
  readonly head: string;
  readonly value: string;
  readonly share: number;
  readonly last: string;
  /** Where it is more than a number. */
  readonly isText?: true;
}

function barTable(heads: readonly string[], rows: readonly Row[]): string {
  const body = rows.map(
    ({ head, value, share, last, isText }) =>
      `<tr><th scope=row>${head}<td>${value}<td class=bar aria-hidden=true><i style="left:0;width:${(100 * share).toFixed(1)}%"></i><td${isText ? " class=words" : ""}>${last}`,
  );
  return `<div class=scroll><table class="numbers class">
<thead><tr>${heads.map((head, k) => `<th scope=col${rows[0]?.isText && k === heads.length - 1 ? " class=words" : ""}>${head}`).join("")}</thead>
<tbody>${body.join("\n")}</tbody></table></div>`;
}

function questionRow({ name, mean, passed, answers }: QuantitySummary): Row {
  const head = `${symbolOf(name)}<code>${name}</code>`;
  return { head, value: percent(mean), share: mean, last: `${passed} of ${answers}` };
}

function mistakeRow({ diagnosis, answers }: DiagnosisSummary, most: number): Row {
  const last = escapeHtml(hintOf(diagnosis));
  return { head: `<code>${diagnosis}</code>`, value: String(answers), share: answers / most, last, isText: true };
}

/** `∂f_t/∂h_{t-1} `; nothing for what could not be graded at all. */
function symbolOf(name: string): string {
  const quantity = findQuantity(name);
  return quantity === undefined ? "" : `${symbolHtml(quantity.symbol())} `;
}
