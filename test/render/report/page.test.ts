import { describe, expect, test } from "vitest";
import { parseCell } from "../../../src/input/parse-cell.ts";
import type { Matrix } from "../../../src/linalg/matrix.ts";
import type { ReportContent } from "../../../src/render/report/content.ts";
import { renderReport } from "../../../src/render/report/page.ts";
import { fixture } from "../../helpers/fixtures.ts";
import { contentOf, example, picturesIn, plainNumber } from "../../helpers/report.ts";

const homework = () => parseCell(fixture("homework6.json"));
/** A cell of one unit along two steps, whose weights and biases are zero. */
const zeroSequence = {
  x: [[1], [2]],
  h_prev: [0],
  c_prev: [0],
  ...Object.fromEntries(
    ["f", "i", "o", "u"].flatMap((g) => [
      [`W_${g}`, [[0]]],
      [`U_${g}`, [[0]]],
      [`b_${g}`, [0]],
    ]),
  ),
};
const pageOf = (file: string, heading?: string) => renderReport(contentOf(parseCell(fixture(file)), heading));
const headings = (html: string) => [...html.matchAll(/<h2>(.*?)<\/h2>/g)].map(([, text]) => text);
/** What is checked at length once serves every test that asks for it. */
const contents = new Map<number, ReportContent>();
function exampleContent(hidden: number): ReportContent {
  const content = contents.get(hidden) ?? contentOf(example(hidden));
  contents.set(hidden, content);
  return content;
}
const kilobytes = (html: string) => Buffer.byteLength(html) / 1000;

/** Every entry to six digits of the largest, as the picture has them, or exactly where numbers stand in the cells. */
function expectEntries(rows: readonly (readonly string[])[], matrix: Matrix): void {
  const largest = Math.max(...matrix.data.map(Math.abs));
  expect(rows).toHaveLength(matrix.rows);
  for (const [r, row] of rows.entries()) {
    expect(row).toHaveLength(matrix.cols);
    for (const [c, text] of row.entries()) {
      expect(Math.abs(Number(text) - matrix.data[r * matrix.cols + c])).toBeLessThanOrEqual(5.1e-6 * largest);
    }
  }
}

describe("the page", () => {
  const content = contentOf(homework());
  const html = renderReport(content);

  test("has every part of a complete cell, and the sequence first where there is one", () => {
    const parts = ["Jacobians", "Optimal unit vectors", "Inputs and gates", "Check", "Derivation"];
    expect(headings(html)).toEqual(["The cell", ...parts]);
    expect(headings(pageOf("sequence.json"))).toEqual(["The cell", "The sequence", ...parts]);
  });

  test("says in words which gates saturate at no step, and draws the others", () => {
    const never = (html: string) => html.match(/at no step a unit/g) ?? [];
    const charts = (html: string) => html.match(/nearly closed, at most/g) ?? [];
    // by hand: σ(z) is within 0.1 … 0.9 for |z| < 2.19, and beyond it for a bias of 50
    const still = { ...zeroSequence, b_f: [0] };
    const open = { ...zeroSequence, b_f: [50] };
    const [stillHtml, openHtml] = [still, open].map((cell) => renderReport(contentOf(parseCell(cell))));
    expect([never(stillHtml!).length, charts(stillHtml!).length]).toEqual([4, 0]);
    expect([never(openHtml!).length, charts(openHtml!).length]).toEqual([3, 1]);
  });

  test("has a legend without a sign where everything is zero", () => {
    const zeros = renderReport(contentOf(parseCell({ U_f: [[0]] })));
    expect(zeros).toContain("<p class=legend><span>0</span><i></i><span>0</span>");
    expect(zeros).not.toContain("−0<");
  });

  test("allows neither script nor request, and holds none", () => {
    expect(html).toContain(
      `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    );
    expect(html).not.toMatch(/<script|<link|<img|<iframe|\bon\w+=|url\(|@import|https?:/i);
  });

  test.each([1, 2, 7, 32])("shows the entries of all six Jacobians: H = %i", (n) => {
    const of = exampleContent(n);
    const pictures = picturesIn(renderReport(of));
    const { jacobian, terms } = of.jacobian!;
    const expected: [string, Matrix][] = [
      ["∂ft/∂ht−1", jacobian.f!.h_prev!],
      ["∂ht/∂ht−1", jacobian.h_t!.h_prev!],
      ...(["o", "f", "i", "u"] as const).map((g): [string, Matrix] => [`T${g} via ${g}t`, terms![g]]),
    ];
    for (const [caption, matrix] of expected) {
      const found = pictures.filter((picture) => picture.caption === caption);
      expect(found).toHaveLength(1);
      expectEntries(found[0]!.rows, matrix);
      expect(found[0]!.names).toEqual(Array.from({ length: n }, (_, k) => String(k)));
      expect(found[0]!.columns).toEqual(found[0]!.names);
    }
  });

  test("shows the inputs, gates and optimal vectors of the results", () => {
    const pictures = picturesIn(html);
    const rowsOf = (caption: string) => pictures.find((picture) => picture.caption === caption)!.rows;
    const { state, forward, optimum } = content;
    // a vector of zeros is said, not drawn
    expect(state.x_t!.every((entry) => entry === 0)).toBe(true);
    expect(html).toContain("<p>x<sub>t</sub> is a vector of zeros.</p>");
    expect(rowsOf("The state before the step").map((row) => row.map(Number))).toEqual([
      [...state.h_prev!],
      [...state.c_prev!],
    ]);
    const { f, i, o, u } = forward.gates;
    expect(rowsOf("Gates and state").map((row) => row.map(Number))).toEqual(
      [f, i, o, u, forward.c_t, forward.h_t].map((vector) => [...vector!]),
    );
    expect(rowsOf("h* by unit of ft").map((row) => row.map(Number))).toEqual(
      optimum!.optimum.gates.f!.map(({ h_prev }) => [...h_prev!]),
    );
  });

  test("shows the second derivatives of a small cell, and none that leave the doubles", () => {
    const rowsOf = (page: string, of: string) => picturesIn(page).find(({ caption }) => caption === of)?.rows;
    const { hessian, eigenvalues } = content.hessian!;
    const rows = rowsOf(html, "∂²L/(∂ht−1 ∂ht−1)")!;
    expect(rows.flat().map(Number)).toEqual([...hessian.h_prev!.h_prev!.data]);
    expect(rowsOf(html, "Eigenvalues, descending")![0]!.map(Number)).toEqual([...eigenvalues]);
    expect(renderReport(exampleContent(32))).not.toContain("Eigenvalues");
    const steep = { U: [[1e160]], W: [[0]], b: [0] };
    const flat = { U: [[0]], W: [[0]], b: [0] };
    const gates = Object.entries({ f: steep, i: flat, o: flat, u: flat });
    const cell = Object.fromEntries(
      gates.flatMap(([g, { U, W, b }]) => [
        [`U_${g}`, U],
        [`W_${g}`, W],
        [`b_${g}`, b],
      ]),
    );
    const large = renderReport(contentOf(parseCell({ ...cell, c_prev: [0.5], b_f: [1] })));
    expect(large).toContain("The entries of the four paths");
    expect(large).not.toContain("Eigenvalues");
  });

  test("shows what makes the outputs of its unit largest, with the bound", () => {
    const { c_t, h_t } = content.outputOptima!.outputs;
    const { rows, names } = picturesIn(html).find(({ caption }) => caption === "h* by output")!;
    expect(names).toEqual(["ct", "ht"]);
    expect(rows.map((row) => row.map(Number))).toEqual([[...c_t![0]!.h_prev!], [...h_t![0]!.h_prev!]]);
    // at h* no output is below what it is now, for the h_{t-1} of this cell lies within the sphere
    const { h_prev } = content.state;
    expect(Math.hypot(...h_prev!)).toBeLessThan(1);
    for (const of of ["c_t", "h_t"] as const) {
      expect(content.outputOptima!.outputs[of]![0]!.bound).toBeGreaterThan(content.forward[of]![content.unit]!);
    }
    expect(html).toMatch(/<th scope=row>h<sub>t<\/sub><td>/);
    expect(pageOf("forget-gate-only.json")).not.toContain("never above");
  });

  test("has the same colour for the same number in both pictures of the Jacobians", () => {
    const part = html.slice(html.indexOf("<section id=jacobians>"), html.indexOf("The four paths"));
    const largest = Math.max(
      ...[...part.matchAll(/title="([^"]*)"/g)].map(([, value]) => Math.abs(Number(plainNumber(value!)))),
    );
    const cells = [...part.matchAll(/<td(?: class=(\w))? title="([^"]*)"/g)];
    expect(cells).toHaveLength(8);
    for (const [, name, value] of cells) {
      expect(name ?? "k").toBe("abcdefghijklmnopqrstu"[10 + Math.round((10 * Number(plainNumber(value!))) / largest)]);
    }
  });

  test("gathers a large matrix to 64 × 64 cells, says so, and hides no large entry", () => {
    const large = contentOf(example(128));
    const page = renderReport(large);
    const { rows, names } = picturesIn(page).find(({ caption }) => caption === "∂ht/∂ht−1")!;
    const { data } = large.jacobian!.jacobian.h_t!.h_prev!;
    expect([rows.length, rows[0]!.length, names[1]]).toEqual([64, 64, "2"]);
    const largest = Math.max(...data.map(Math.abs));
    expect(Math.max(...rows.flat().map((text) => Math.abs(Number(text))))).toBeCloseTo(largest, 6);
    expect(page).toContain("Each cell shows the entry of the largest magnitude among 2 × 2");
    expect(page).toContain("8 columns sampled of each matrix");
    expect(kilobytes(page)).toBeLessThan(1100);
  });

  test("takes less than 410 KB for 32 units, along a sequence less than 500", () => {
    expect(kilobytes(renderReport(exampleContent(32)))).toBeLessThan(410);
    const cell = example(32);
    const x = { rows: 20, cols: cell.inputSize!, data: new Float64Array(20 * cell.inputSize!).fill(0.5) };
    const along = { ...cell, state: { ...cell.state, x_t: null }, x };
    expect(kilobytes(renderReport(contentOf(along)))).toBeLessThan(500);
  });

  test("is the same every time", () => {
    expect(renderReport(contentOf(homework()))).toBe(html);
  });

  test("tells what a partial cell lacks, and shows the rest", () => {
    const partial = pageOf("forget-gate-only.json");
    expect(partial).toContain("missing for want of keys: i<sub>t</sub> (U<sub>i</sub>)");
    expect(picturesIn(partial).map(({ caption }) => caption)).toEqual([
      "∂ft/∂ht−1",
      "h* by unit of ft",
      "The state before the step",
      "Pre-activations",
      "Gates",
    ]);
    expect(partial).not.toContain("T<sub>o</sub> via");
  });

  test("says where any unit vector is optimal", () => {
    const zero = pageOf("zero-row.json");
    const rows = picturesIn(zero).find(({ caption }) => caption.startsWith("h*"))!.rows;
    expect(rows[0]).toEqual(["any", "any", "any"]);
    expect(zero).toContain("<th scope=row>[0]*");
  });
});

describe("nothing of an input becomes markup", () => {
  test.each([
    ["</title><script>alert(1)</script>", "&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;"],
    [`" onload="alert(1)" '`, "&quot; onload=&quot;alert(1)&quot; &#39;"],
    ["a\u0000b\u001b[31m\u202ec\u2066", "a\\x00b\\x1b[31m\\u202ec\\u2066"],
    ["&lt;b&gt; --> <!-- ]]>", "&amp;lt;b&amp;gt; --&gt; &lt;!-- ]]&gt;"],
    [`x${"y".repeat(200)}`, `x${"y".repeat(79)}…`],
  ])("the name %j", (name, written) => {
    const page = pageOf("homework6.json", name);
    expect(page).toContain(`<title>${written}: derivatives of an LSTM cell</title>`);
    expect(page).toContain(`<h1>${written}</h1>`);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
    expect(page).not.toMatch(/<script|[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
    expect(page).not.toContain(name);
  });
});
