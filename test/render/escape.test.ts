import { describe, expect, test } from "vitest";
import { escapeHtml, escapeLatex, escapeMarkdown } from "../../src/render/escape.ts";

describe("escaping", () => {
  test("leaves no markup of HTML", () => {
    expect(escapeHtml(`<script src="x" id='y'>&`)).toBe("&lt;script src=&quot;x&quot; id=&#39;y&#39;&gt;&amp;");
  });

  test("leaves no command, mathematics or comment of LaTeX", () => {
    expect(escapeLatex("\\input{a}")).toBe("\\textbackslash{}input\\{a\\}");
    expect(escapeLatex("$x$ 5% a&b #1 a_b ~ ^")).toBe(
      "\\$x\\$ 5\\% a\\&b \\#1 a\\_b \\textasciitilde{} \\textasciicircum{}",
    );
  });

  test("keeps for LaTeX the letters that its fonts have, and marks the others", () => {
    expect(escapeLatex("Größe – Übung, 名 Ж 𝄞")).toBe("Größe -- Übung, ? ? ?");
  });

  test("leaves no markup of Markdown", () => {
    expect(escapeMarkdown("*a* _b_ `c` [d](e) <f> $g$ # !h | \\")).toBe(
      "\\*a\\* \\_b\\_ \\`c\\` \\[d\\]\\(e\\) &lt;f&gt; \\$g\\$ \\# \\!h \\| \\\\",
    );
  });
});
