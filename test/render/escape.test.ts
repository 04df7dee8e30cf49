import { describe, expect, test } from "vitest";
import { escapeCsv, escapeHtml, escapeLatex, escapeMarkdown, escapeMarkdownCell } from "../../src/render/escape.ts";

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

  test("leaves two hyphens in LaTeX apart, which would become a dash", () => {
    expect(escapeLatex("--layer 0 --- a-b")).toBe("-{}-layer 0 -{}-{}- a-b");
  });

  test("leaves for a cell of Markdown our own symbols legible, and nothing that is markup", () => {
    const own = "∂f_t/∂h_{t-1}[0][1] f<0.1 t = 1 -0.5";
    expect(escapeMarkdownCell(own)).toBe(own);
    expect(escapeMarkdownCell("_a_ a_ _a b__c |*`~$#@!")).toBe("\\_a\\_ a\\_ \\_a b\\_\\_c \\|\\*\\`\\~\\$\\#\\@\\!");
    expect(escapeMarkdownCell("<b> </b> <!-- www.a.b https://a.b [a][0] [^1] :x:")).toBe(
      "\\<b> \\</b> \\<\\!-- www\\.a.b https\\://a.b \\[a\\][0] \\[\\^1\\] \\:x:",
    );
  });

  test("writes for LaTeX the letters that its fonts have in ASCII, and marks the others", () => {
    expect(escapeLatex("Größe – Übung, 名 Ж 𝄞")).toBe('Gr\\"{o}\\ss{}e -- \\"{U}bung, ? ? ?');
    expect(escapeLatex("éèêñçåïÆøÿÐ÷")).toBe('\\\'{e}\\`{e}\\^{e}\\~{n}\\c{c}\\r{a}\\"{\\i}\\AE{}\\o{}\\"{y}??');
  });

  test.each(["=1+1", "+1", "-1", "@SUM(1)", "＝1+1", "＋1", "－1", "＠SUM(1)", "\u3000 ＝1", "\t=1"])(
    "leaves no formula of a spreadsheet: %j",
    (text) => {
      expect(escapeCsv(text)).toBe(`'${text}`);
    },
  );

  test("leaves for a field of CSV what is no formula, and quotes what RFC 4180 says", () => {
    expect(["h_t", "a=b", "2-1", "größe"].map(escapeCsv)).toEqual(["h_t", "a=b", "2-1", "größe"]);
    expect(escapeCsv('＝"a",b')).toBe(`"'＝""a"",b"`);
  });

  test("leaves no markup of Markdown", () => {
    expect(escapeMarkdown("*a* _b_ `c` [d](e) <f> $g$ # !h | \\")).toBe(
      "\\*a\\* \\_b\\_ \\`c\\` \\[d\\]\\(e\\) &lt;f&gt; \\$g\\$ \\# \\!h \\| \\\\",
    );
  });
});
