import { describe, expect, test } from "vitest";
import { TOPICS, type TopicName } from "../../src/explain/topic-names.ts";
import { renderExplanationHtml } from "../../src/render/explanation-html.ts";
import { explanationRecord } from "../../src/render/explanation-json.ts";
import { renderExplanationLatex } from "../../src/render/explanation-latex.ts";
import { renderExplanationMarkdown } from "../../src/render/explanation-markdown.ts";
import { renderExplanationText } from "../../src/render/explanation-text.ts";
import { CELLS, explained } from "../helpers/formulas.ts";

/** What no output may hold as it is. */
const INVISIBLE = ["\u001b", "\u202e"];

function requireVisible(text: string): void {
  for (const character of INVISIBLE) expect(text).not.toContain(character);
}

const HOSTILE = "\\input{x} $y$ <script>alert(1)</script> \"'&# % ^~ _*`\u001b[31m\u202e|";
const options = { heading: null as string | null, digits: 6, full: false };
const terminal = { width: 80, colorLevel: 0 as const, unicode: true };

describe("a derivation in a terminal", () => {
  test.each(CELLS)("of %s fits 80 columns, in Unicode and in ASCII", (cell) => {
    for (const unit of [null, 0]) {
      for (const unicode of [true, false]) {
        const text = renderExplanationText(explained(cell, { unit }), {
          ...options,
          ...terminal,
          heading: cell,
          unicode,
        });
        for (const line of text.split("\n")) expect(line.length, line).toBeLessThanOrEqual(80);
        if (!unicode) expect(text).not.toMatch(/[^\n -~]|\?/);
      }
    }
  });

  test.each([true, false])(
    "draws the cell in the topic cell-state alone, in its characters (Unicode: %s)",
    (unicode) => {
      const drawn = (topic: TopicName, width = 80) =>
        renderExplanationText(explained(null, { topics: [topic] }), { ...options, ...terminal, unicode, width });
      const isDrawn = (text: string) => text.includes("(+)");
      expect(TOPICS.filter((topic) => isDrawn(drawn(topic)))).toEqual(["cell-state"]);
      // where lines would break it is left out
      expect([70, 72].map((width) => isDrawn(drawn("cell-state", width)))).toEqual([false, true]);
      const lines = drawn("cell-state").split("\n");
      const picture = lines.slice(3, 17);
      if (!unicode) expect(lines.join()).not.toMatch(/[^ -~]|\?/);
      // the memory line: c_{t-1}, times f_t, plus i_t times u_t, is c_t
      expect(picture[0]).toMatch(/^ {4}c_\{t-1\} [═=]+[→>]\([×x]\)[═=]+[→>]\(\+\)[═=]+[╤+][═=]+[→>] c_t$/);
      expect(picture[12]).toMatch(/^ {4}h_\{t-1\} /);
      if (!unicode) return;
      for (const [row, line] of picture.entries()) {
        for (const [column, character] of [...line].entries()) {
          const [above, below] = [row - 1, row + 1].map((beside) => picture[beside]?.[column] ?? " ");
          if ("│└┘┴↑↓".includes(character)) expect(above, `${row}:${column}`).not.toBe(" ");
          if ("│┌┐┬╤↑↓".includes(character)) expect(below, `${row}:${column}`).not.toBe(" ");
        }
      }
    },
  );

  test("has the rule before the formula, the formula before the reason, the numbers last", () => {
    const text = renderExplanationText(explained("homework6.json", { topics: ["cell-state"] }), {
      ...options,
      ...terminal,
    });
    const marks = ["2.  The memory enters once", "∂c_t/∂c_{t-1} = diag(f_t)", "stands in one place", "0.645656  0"];
    const at = marks.map((mark) => text.indexOf(mark));
    expect(at).not.toContain(-1);
    expect(at).toEqual(at.toSorted((a, b) => a - b));
  });

  test("shows the corners of a large matrix, or all of it", () => {
    const n = 20;
    const U_f = Array.from({ length: n }, (_, r) => Array.from({ length: n }, (_, c) => (r + 1) / (c + 3)));
    const explanation = explained({ U_f }, { topics: ["forget-gate"] });
    const cut = renderExplanationText(explanation, { ...options, ...terminal });
    expect(cut).toContain("corner of 20 × 20, --full shows all");
    expect(renderExplanationText(explanation, { ...options, ...terminal, full: true })).not.toContain("corner of");
    const latex = renderExplanationLatex(explanation, options);
    expect(latex).toContain("\\cdots");
    expect(renderExplanationLatex(explanation, { ...options, full: true }).length).toBeGreaterThan(2 * latex.length);
  });
});

describe("an input's text", () => {
  const explanation = explained("homework6.json", { topics: ["sigmoid"] });

  test("is no markup of the HTML page, which has no script and asks for nothing", () => {
    const html = renderExplanationHtml(explanation, { ...options, heading: HOSTILE });
    expect(html).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
    expect(html).not.toMatch(/<script|https?:/);
    requireVisible(html);
    expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  });

  test("is no command of the LaTeX document", () => {
    const latex = renderExplanationLatex(explanation, { ...options, heading: HOSTILE });
    expect(latex).toContain("\\section*{\\textbackslash{}input\\{x\\} \\$y\\$ \\textless{}script");
    expect(latex).not.toContain("\\input");
    requireVisible(latex);
  });

  test("is no markup of the Markdown", () => {
    const [first] = renderExplanationMarkdown(explanation, { ...options, heading: HOSTILE }).split("\n");
    expect(first).toContain("\\\\input\\{x\\} \\$y\\$ &lt;script&gt;");
    requireVisible(first);
  });

  test("moves no cursor of a terminal", () => {
    const text = renderExplanationText(explanation, { ...options, ...terminal, heading: HOSTILE });
    requireVisible(text);
  });
});

test("inline mathematics of Markdown has no backslash that Markdown would take for an escape", () => {
  const markdown = renderExplanationMarkdown(explained("homework6.json"), options);
  const inline = [...markdown.replace(/^\$\$[\s\S]*?^\$\$$/gm, "").matchAll(/\$([^$]+)\$/g)].map(([, tex]) => tex);
  expect(inline.length).toBeGreaterThan(100);
  for (const tex of inline) expect(tex).not.toMatch(/\\[^a-zA-Z]/);
});

test("the cell is a block of code in Markdown, and drawn in no other format", () => {
  const explanation = explained(null, { topics: ["cell-state"] });
  const markdown = renderExplanationMarkdown(explanation, options);
  expect(markdown).toMatch(
    /^## The cell state\n\n```text\nc_\{t-1\} ═.*\n[^`]*\nx_t ─+┘\n```\n\nNo line leads from \$h_/,
  );
  const others = [renderExplanationHtml, renderExplanationLatex].map((render) => render(explanation, options));
  for (const text of [...others, JSON.stringify(explanationRecord(explanation))])
    expect(text).not.toMatch(/═|No line leads/);
});

test("the LaTeX document marks its fragment, whose environments are closed", () => {
  const latex = renderExplanationLatex(explained("sequence.json"), { ...options, heading: "a" });
  expect(latex).toMatch(/^\\documentclass/);
  // pdflatex and lualatex have no letter in common beyond these
  expect(latex.match(/[^ -~\n]/g)).toBeNull();
  const [, fragment] = /% --- fragment.*\n([\s\S]*)% --- end of the fragment/.exec(latex)!;
  const open: string[] = [];
  for (const [, kind, name] of fragment.matchAll(/\\(begin|end)\{([a-z*]+)\}/g)) {
    if (kind === "begin") open.push(name);
    else expect(open.pop()).toBe(name);
  }
  expect(open).toEqual([]);
});
