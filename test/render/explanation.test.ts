import { describe, expect, test } from "vitest";
import { renderExplanationHtml } from "../../src/render/explanation-html.ts";
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

test("the LaTeX document marks its fragment, whose environments are closed", () => {
  const latex = renderExplanationLatex(explained("sequence.json"), { ...options, heading: "a" });
  expect(latex).toMatch(/^\\documentclass/);
  const [, fragment] = /% --- fragment.*\n([\s\S]*)% --- end of the fragment/.exec(latex)!;
  const open: string[] = [];
  for (const [, kind, name] of fragment.matchAll(/\\(begin|end)\{([a-z*]+)\}/g)) {
    if (kind === "begin") open.push(name);
    else expect(open.pop()).toBe(name);
  }
  expect(open).toEqual([]);
});
