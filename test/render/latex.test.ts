import temml from "temml";
import { describe, expect, test } from "vitest";
import { renderLatex } from "../../src/render/latex.ts";
import { EVERY_RESULT, printed } from "../helpers/every-result.ts";
import { handChecked } from "../helpers/hand-checked.ts";
import { runMain } from "../helpers/run.ts";
import { temporaryFile } from "../helpers/temporary-file.ts";
import { wideCell } from "../helpers/wide-cell.ts";

/** The displays of a fragment, and what stands between them. */
function parts(latex: string): { displays: string[]; text: string } {
  const displays = [...latex.matchAll(/^\\\[\n([\s\S]*?)\n\\\]$/gm)].map(([, tex]) => tex!);
  return { displays, text: latex.replace(/^\\\[\n[\s\S]*?\n\\\]$/gm, "") };
}

/** Throws where temml, a TeX parser of its own, does not understand it. */
const parse = (tex: string) => temml.renderToString(tex, { throwOnError: true, displayMode: true });

/** The numbers of each matrix or table of a display, by rows; without a table's head and the names of its rows. */
function numbersIn(tex: string): number[][][] {
  return [...tex.matchAll(/\\begin\{bmatrix\}\n([\s\S]*?)\n\\end\{bmatrix\}/g)].map(([, inner]) =>
    inner!
      .split(" \\\\\n")
      .map((row) => row.split(" & ").map((cell) => Number(cell.replace(/\\cdot 10\^\{(.*)\}/, "e$1")))),
  );
}

describe("renderLatex", () => {
  test("writes what was worked out by hand", () => {
    expect(renderLatex(handChecked(), { heading: "by hand", digits: 6 })).toBe(String.raw`% needs \usepackage{amsmath}
\noindent\textbf{by hand} (hidden size 2)
\[
f_{t} = \begin{bmatrix}
0.500000 \\
0.500000
\end{bmatrix}
\]
\[
\frac{\partial f_{t}}{\partial h_{t - 1}} = \begin{bmatrix}
0.750000 & -1 \\
0 & 2
\end{bmatrix}
\]
\[
\begin{array}{lrrrr}
\max\thinspace f_{t}, \lVert h\rVert _{2} = 1 & f_{t} & z_{f} & h_{t - 1}\thinspace [0] & \text{[1]} \\ \hline
\text{[0]} & 0.993307 & 5 & 0.600000 & -0.80000 \\
\text{[1]} & 0.999665 & 8 & 0 & 1.00000
\end{array}
\]

missing for want of keys: i\_t (U\_i), o\_t (U\_o), u\_t (U\_u), c\_t (U\_i, U\_u), h\_t (U\_i, U\_o, U\_u)
`);
  });

  test.each(EVERY_RESULT)("is understood by a TeX parser, every display: %s %s", async (...args) => {
    const { displays, text } = parts(await printed([...args, "--format", "latex"]));
    expect(displays.length).toBeGreaterThan(0);
    for (const tex of displays) expect(() => parse(tex), tex).not.toThrow();
    // the rest is words: nothing of mathematics is left outside
    expect(text).not.toMatch(/\\(begin|frac|\[)/);
    expect(text).not.toMatch(/[^ -~\n]/);
  });

  test("the parser finds a planted fault", () => {
    expect(() => parse("\\begin{bmatrix} 1 & 2 \\end{array}")).toThrow();
    expect(() => parse("\\frac{1}")).toThrow();
  });

  test("has every matrix of the JSON, to the digits asked for", async () => {
    const args = ["jacobian", "fixtures/bias-and-input.json", "--of", "f,c_t,h_t", "--wrt", "h_prev,x_t", "--terms"];
    const { displays } = parts(await printed([...args, "--format", "latex", "--digits", "9"]));
    const { jacobian, terms } = JSON.parse(await printed([...args, "--json"]));
    const expected: number[][][] = [
      ...Object.values(jacobian).flatMap((of) => Object.values(of as object)),
      ...Object.values(terms),
    ] as number[][][];
    const found = displays.flatMap(numbersIn);
    expect(found).toHaveLength(expected.length);
    for (const [k, matrix] of expected.entries()) {
      expect(found[k]).toHaveLength(matrix.length);
      for (const [r, row] of matrix.entries()) {
        expect(found[k]![r]).toHaveLength(row.length);
        for (const [c, entry] of row.entries()) {
          const largest = Math.max(...matrix.map((other) => Math.abs(other[c]!)));
          expect(Math.abs(found[k]![r]![c]! - entry)).toBeLessThanOrEqual(0.5e-8 * largest);
        }
      }
    }
  });

  test("has exponents as powers of ten", async () => {
    const latex = await printed(["sigmoid", "40", "--format", "latex"]);
    expect(latex).toContain("40 & 1 & 4.24835\\cdot 10^{-18}");
  });

  test("breaks a matrix that no page would hold into blocks, and says how they stand in it", async () => {
    const wide = temporaryFile(wideCell(45));
    const { displays } = parts(await printed(["jacobian", wide, "--of", "f", "--format", "latex"]));
    const { jacobian } = JSON.parse(await printed(["jacobian", wide, "--of", "f", "--json"]));
    const largest = Math.max(...jacobian.f.h_prev.flat().map(Math.abs));
    const [whole, ...blocks] = displays as [string, ...string[]];
    const names = [...whole.matchAll(/A_\{(\d+),(\d+)\}/g)].map(([name]) => name);
    expect(blocks.map((tex) => tex.split(" = ")[0])).toEqual(names);
    expect(names[0]).toBe("A_{1,1}");
    const across = whole.split("\n")[1]!.split(" & ").length;
    const rowsOf = (r: number) => blocks.slice(r * across, (r + 1) * across).map((tex) => numbersIn(tex)[0]!);
    const rows = [0, 1].flatMap((r) => rowsOf(r)[0]!.map((_, k) => rowsOf(r).flatMap((block) => block[k]!)));
    expect(rows.map((row) => row.length)).toEqual(Array(45).fill(45));
    for (const [r, row] of rows.entries()) {
      for (const [c, entry] of row.entries()) {
        expect(Math.abs(entry - jacobian.f.h_prev[r][c])).toBeLessThan(1e-5 * largest);
      }
    }
    for (const tex of displays) expect(() => parse(tex)).not.toThrow();
    // no line is wider than the text of an article: five points a character and ten between two
    for (const tex of blocks) {
      for (const row of numbersIn(tex)[0]!) expect(row.length * 45).toBeLessThan(345);
    }
  });

  test("allows amsmath as many columns as a matrix has, where more than ten fit", async () => {
    const cell = { U_f: Array.from({ length: 12 }, () => Array(12).fill(0)) };
    const latex = await printed(["jacobian", temporaryFile(cell), "--of", "f", "--format", "latex"]);
    expect(latex).toContain("\\setcounter{MaxMatrixCols}{12}");
    expect(numbersIn(parts(latex).displays[0]!)[0]![0]).toHaveLength(12);
    const narrow = await printed(["jacobian", temporaryFile(wideCell(10)), "--of", "f", "--format", "latex"]);
    expect(narrow).not.toContain("MaxMatrixCols");
  });

  test("has vectors as columns, at most three beside each other", async () => {
    const { displays } = parts(await printed(["forward", "fixtures/homework6.json", "--format", "latex"]));
    expect(displays.map((tex) => numbersIn(tex).map((rows) => rows.map((row) => row.length)))).toEqual(
      [3, 1, 3, 3].map((count) => Array(count).fill([1, 1])),
    );
  });

  test("breaks a table that no page would hold", async () => {
    const { displays } = parts(await printed(["sigmoid", ...Array(95).fill("1"), "--format", "latex"]));
    expect(displays).toHaveLength(3);
    for (const tex of displays) expect(tex).toContain("\\sigma'(z) \\\\ \\hline");
  });

  test("marks what failed beside its symbol", async () => {
    const h_prev = [
      [1, 1],
      [1, 1],
    ];
    const answer = temporaryFile({ jacobian: { f: { h_prev } } });
    const { stdout, status } = await runMain([
      "check",
      "fixtures/homework6.json",
      "--answer",
      answer,
      "--format",
      "latex",
    ]);
    expect(status).toBe(1);
    expect(stdout).toContain("\n\\text{! }\\partial f_{t}/\\partial h_{t - 1} & 4 & ");
  });

  test("has nothing of an input as a command, and no dash that was two hyphens", async () => {
    const name = "\\input{x} $a$ 5% a&b #1 a_b ~^ {}|<> 名 \u001b[31m";
    const latex = await printed([temporaryFile({ ...wideCell(1), name }), "--format", "latex"]);
    expect(latex.split("\n")[1]).toBe(
      "\\noindent\\textbf{\\textbackslash{}input\\{x\\} \\$a\\$ 5\\% a\\&b \\#1 a\\_b \\textasciitilde{}\\textasciicircum{} \\{\\}\\textbar{}\\textless{}\\textgreater{} ? \\textbackslash{}x1b[31m} (hidden size 1)",
    );
    const tensors = temporaryFile({ "\\end{array} & \\\\ ^_~<|>$ --": [[1]] });
    const { displays } = parts(await printed(["convert", "--list", tensors, "--format", "latex"]));
    for (const tex of displays) expect(() => parse(tex), tex).not.toThrow();
    expect(displays[0]!.split("\n")).toHaveLength(4);
    expect(displays[0]).toContain("\\textbackslash{}end\\{array\\} \\&");
    expect(displays[0]).toContain("-{}-");
  });
});
