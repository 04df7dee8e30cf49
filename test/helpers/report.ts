import { compileReport } from "../../src/cli/compile-report.ts";
import { exampleCell } from "../../src/input/example.ts";
import { parseCell } from "../../src/input/parse-cell.ts";
import type { Cell } from "../../src/lstm/cell.ts";
import { jsonChunks } from "../../src/render/json.ts";
import type { ReportContent } from "../../src/render/report/content.ts";

export function contentOf(cell: Cell, heading = "a cell", step?: number, unit = 0): ReportContent {
  return compileReport(cell, { heading, step, unit, gate: "f", digits: 6 }, () => undefined);
}

/** A random cell of so many units. */
export function example(hidden: number): Cell {
  return parseCell(JSON.parse([...jsonChunks(exampleCell(hidden, 3, 1))].join("")));
}

/** A picture of a page, as its text says. */
export interface Picture {
  readonly caption: string;
  /** Names of the columns and rows. */
  readonly columns: readonly string[];
  readonly names: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Every picture of a page: a table, whose optional end tags are left out. */
export function picturesIn(html: string): Picture[] {
  return html
    .split('<div class="heat')
    .slice(1)
    .map((part) => {
      const table = part.slice(0, part.indexOf("</table>"));
      const [, caption, rest] = /<caption>(.*?)<\/caption>([\s\S]*)/.exec(table)!;
      const [head, body] = rest.split("<tbody>");
      const lines = body.split(/<tr[^>]*>/).slice(1);
      return {
        caption: textOf(caption.split(" <span")[0]),
        columns: [...head.matchAll(/<th scope=col[^>]*>([^<]*)/g)].map(([, name]) => name),
        names: lines.map((line) => textOf(/<th scope=row[^>]*>(.*?)<td/.exec(line)![1])),
        rows: lines.map((line) =>
          [...line.matchAll(/<td[^>]*?(?: title="([^"]*)")?><p>(.*?)(?=<td|\n|$)/g)].map(([, title, text]) =>
            plainNumber(title ?? textOf(text)),
          ),
        ),
      };
    });
}

const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** `−4.2·10⁻⁸`, or with the digits of an element that is raised, as `-4.2e-8`; other words as they are. */
export function plainNumber(text: string): string {
  return text
    .replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹]/g, (digit) => String(RAISED.indexOf(digit)))
    .replace(/[−⁻]/g, "-")
    .replace(/·10(?=-?\d)/, "e");
}

function textOf(html: string): string {
  return html.replace(/<[^>]*>/g, "");
}
