import { Parser } from "tap-parser";
import { describe, expect, test } from "vitest";
import { summaryOf } from "../../../src/grade/summary.ts";
import { visibleLine } from "../../../src/visible.ts";
import { gradescopeSchema, junitSchema, parseXml, prairielearnSchema } from "../../helpers/grader-schemas.ts";
import { FORMATS, graded, HOSTILE, render, right, unreadable, wrong } from "./reports.ts";

const hostileName = visibleLine(HOSTILE);
const hostileJson = { ...wrong, [HOSTILE]: 1, h_t: HOSTILE, c_t: [HOSTILE, null] };
/** What main makes of an error's texts before they are rendered. */
const broken = unreadable(hostileName, { require: ["h_t", "gates.f"] }, hostileName);

const tap = (text: string) => Parser.parse(text);
const assertsOf = (events: ReturnType<typeof tap>): { ok: boolean; name: string; diag?: Record<string, unknown> }[] =>
  events.filter(([kind]) => kind === "assert").map((event) => event[1] as never);
const completeOf = (events: ReturnType<typeof tap>) => events.find(([kind]) => kind === "complete")![1];

describe("gradescope", () => {
  test("is as documented, with the points of each quantity and their exact sum", () => {
    const result = gradescopeSchema.parse(JSON.parse(render("gradescope", [graded(wrong)])));
    expect(result.score).toBeCloseTo(
      result.tests.reduce((sum, { score }) => sum + score, 0),
      12,
    );
    expect(result.tests.find(({ name }) => name === "gates.i")).toMatchObject({
      score: 0.5,
      max_score: 1,
      status: "failed",
    });
    expect(result.tests.find(({ name }) => name === "h_t")).toMatchObject({ score: 1, status: "passed" });
    expect(result.tests.find(({ name }) => name === "jacobian.f.h_prev")!.output).toContain("missing-sigma-prime");
  });

  test("says in plain sight why an answer could not be read", () => {
    const result = gradescopeSchema.parse(JSON.parse(render("gradescope", [broken])));
    expect(result).toMatchObject({ score: 0, output: expect.stringContaining("unexpected") });
  });

  test("has a status where there are no points", () => {
    const { tests } = JSON.parse(render("gradescope", [graded(wrong, { points: new Map([["gates.i", 0]]) })]));
    expect(tests).toEqual([expect.objectContaining({ score: 0, max_score: 0, status: "failed" })]);
  });
});

describe("prairielearn", () => {
  test("is as documented, its score a share", () => {
    const result = prairielearnSchema.parse(JSON.parse(render("prairielearn", [graded(wrong)])));
    const { score, max_score } = graded(wrong).result;
    expect(result).toMatchObject({ gradable: true, score: score / max_score });
  });

  test.each([
    ["cannot be read", broken],
    ["holds nothing to grade", graded({ nothing: 1 })],
    ["is no object", graded([1, 2])],
    ["is empty", graded({})],
    ["is empty, where quantities are required", graded({}, { require: ["h_t"] })],
    ["holds only what is not required", graded({ h_t: right.h_t }, { require: ["c_t"] })],
  ])("takes no attempt for an answer that %s", (_, answer) => {
    const result = prairielearnSchema.parse(JSON.parse(render("prairielearn", [answer])));
    expect(result).toMatchObject({ gradable: false });
  });

  test("says what an answer without anything to grade should hold, and nothing that is no error", () => {
    const errorsOf = (answer: ReturnType<typeof graded>) =>
      JSON.parse(render("prairielearn", [answer])).format_errors as string[];
    expect(errorsOf(graded({}))).toEqual(["nothing in it can be graded"]);
    expect(errorsOf(graded({ x: 1 }, { require: ["h_t", "gates.f"] }))).toEqual([
      "nothing in it can be graded, expected gates.f, h_t",
      'passed over: "x"',
    ]);
    expect(errorsOf(broken)).toHaveLength(1);
  });

  test("a wrong answer is gradable, also one of which a part is missing", () => {
    const answer = graded({ h_t: [9, 9] }, { require: ["c_t", "h_t"] });
    expect(JSON.parse(render("prairielearn", [answer]))).toMatchObject({ gradable: true, score: 0 });
  });

  test("holds nothing that a page would take for a tag", () => {
    for (const answer of [broken, graded(hostileJson)]) expect(render("prairielearn", [answer])).not.toMatch(/[<>&]/);
  });
});

describe("junit", () => {
  test("is as documented, and counts what it holds", () => {
    const answers = [graded(right), graded(wrong), broken];
    const root = junitSchema.parse(parseXml(render("junit", answers)));
    expect(root.children).toHaveLength(3);
    const [all, some, none] = root.children.map(({ attributes }) => attributes);
    expect(all).toMatchObject({ failures: "0", errors: "0" });
    expect(some).toMatchObject({ failures: "2", errors: "0" });
    expect(none).toMatchObject({ tests: "2", failures: "0", errors: "2" });
    expect(root.attributes).toMatchObject({ failures: "2", errors: "2" });
    for (const suite of root.children) {
      const cases = suite.children.filter(({ name }) => name === "testcase");
      const failed = cases.filter(({ children }) => children.length > 0);
      expect(cases).toHaveLength(Number(suite.attributes.tests));
      expect(failed).toHaveLength(Number(suite.attributes.failures) + Number(suite.attributes.errors));
    }
  });

  test("gives a file's name back through an XML parser as it was made visible", () => {
    const root = parseXml(render("junit", [graded(wrong, {}, hostileName)]));
    // U+FFFE is visible to no one, and XML 1.0 cannot write it
    expect(root.children[0]!.attributes.name).toBe(hostileName.replace("\ufffe", "\\ufffe"));
  });

  test("the parser of these tests refuses what XML 1.0 cannot hold", () => {
    for (const text of ["<a>\u0000</a>", "<a>&</a>", "<a><b></a>", "<a>\ufffe</a>"])
      expect(() => parseXml(text)).toThrow();
  });
});

describe("tap", () => {
  test("is read by a TAP parser, a point a quantity", () => {
    const events = tap(render("tap", [graded(wrong)]));
    const { tests } = graded(wrong).result;
    expect(assertsOf(events).map(({ name, ok }) => [name, ok])).toEqual(
      tests.map(({ name, status }) => [name, status === "passed"]),
    );
    expect(completeOf(events)).toMatchObject({ ok: false, count: tests.length, fail: 2 });
    const { diag } = assertsOf(events).find(({ name }) => name === "gates.i")!;
    expect(diag).toMatchObject({ score: 0.5, max_score: 1, worst: { row: 1, column: null, answer: 0.5 } });
  });

  test("makes several answers subtests", () => {
    const events = tap(render("tap", [graded(right, {}, "a.json"), graded(wrong, {}, "b.json"), broken]));
    expect(assertsOf(events).map(({ ok }) => ok)).toEqual([true, false, false]);
    expect(
      assertsOf(events)
        .slice(0, 2)
        .map(({ name }) => name),
    ).toEqual(["a.json", "b.json"]);
    expect(events.filter(([kind]) => kind === "child")).toHaveLength(3);
    expect(completeOf(events)).toMatchObject({ ok: false, count: 3, fail: 2 });
  });

  test("nothing in an answer ends a block, skips a point or adds one", () => {
    const answer = graded(hostileJson, { require: ["h_t", "c_t"] }, hostileName);
    for (const answers of [[answer], [broken], [answer, broken]]) {
      const events = tap(render("tap", answers));
      expect(assertsOf(events)).toHaveLength(2);
      expect(completeOf(events)).toMatchObject({ ok: false, count: 2, fail: 2, bailout: false, skip: 0, todo: 0 });
    }
  });
});

describe("csv", () => {
  /** A strict reader of RFC 4180. */
  function parseCsv(text: string): string[][] {
    return text
      .trimEnd()
      .split("\n")
      .map((line) =>
        [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(
          ([, q, p]) => q?.replaceAll('""', '"') ?? p ?? "",
        ),
      );
  }

  test("has a row a student, with the points of every quantity that any of them has", () => {
    const [head, ...rows] = parseCsv(render("csv", [graded(right, {}, "a.json"), graded(wrong, {}, "b.json"), broken]));
    expect(rows.map((row) => row.length)).toEqual([head!.length, head!.length, head!.length]);
    const at = (row: number, name: string) => rows[row]![head!.indexOf(name)];
    expect([at(0, "file"), at(0, "passed"), at(0, "jacobian.f.h_prev")]).toEqual(["a.json", "true", ""]);
    expect([at(1, "gates.i"), at(1, "jacobian.f.h_prev diagnosis")]).toEqual(["0.5", "missing-sigma-prime"]);
    expect([at(2, "score"), at(2, "passed")]).toEqual(["0", "false"]);
  });

  test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\\x09=1", '=HYPERLINK("x")', " =1", "＝1", "＋1", "－1", "＠A1"])(
    "no spreadsheet takes the name %s for a formula",
    (name) => {
      const [, [cell]] = parseCsv(render("csv", [graded(right, {}, name)])) as [string[], [string]];
      expect(cell).not.toMatch(/^\s*[=+\-@＝＋－＠]/);
      expect(cell.endsWith(name)).toBe(true);
    },
  );
});

describe("table", () => {
  test("shows scores, the worst entry, the hint, and where the wrong entries are", () => {
    const text = render("table", [graded(wrong)]);
    expect(text).toMatch(/^answer\.json: 9\.5 of 11 points, first wrong: gates\.i\n/);
    expect(text).toMatch(
      /^wrong {2}gates\.i {12}0\.5\/1 {2}1 of 2 entries is wrong\n {2}worst entry: \[1\] is 0\.5, expected 0\.395919\n/m,
    );
    expect(text).toMatch(/^ {2}missing-sigma-prime: /m);
    expect(text).toMatch(/^ {2}xx\n {2}xx\n/m);
    for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });

  test("keeps to 80 columns, a long message in its own", () => {
    const f = [right.gates.f[0]!, 0.5];
    const [c_0, c_1] = f.map((x, d) => x * [0.8, -0.5][d]! + right.gates.i[d]! * right.gates.u[d]!);
    const units = [{ preactivation: null }, { preactivation: 1.7 }];
    const answer = { gates: { ...right.gates, f }, c_t: [c_0, c_1], optimum: { gates: { f: units } } };
    const text = render("table", [graded(answer, { followThrough: true })]);
    expect(text).toMatch(/^ok .* all 2 entries are right, given your\n {45}own gates\.f\n/m);
    expect(text).toMatch(/^wrong .* 1 of 2 entries is wrong, 1 of them\n {45}no number\n/m);
    for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });

  test("ends with the class", () => {
    const answers = [graded(right, {}, "a.json"), graded(wrong, {}, "b.json"), graded(wrong, {}, "c.json")];
    const text = render("table", answers, { summary: summaryOf(answers.map(({ result }) => result)) });
    expect(text).toMatch(/\n3 answers: 1 all right\nmean 9\.66667 points, 90\.9 %; median 9\.5 points\n/);
    expect(text).toMatch(/^gates\.i {13}66\.7 % {2}right in 1 of 3$/m);
    expect(text).toMatch(/^missing-sigma-prime: in 2 answers$/m);
    expect(text).toMatch(/\njacobian\.f\.h_prev\[1\]\[0\]: wrong in 2 of 2\ngates\.i\[1\]: wrong in 2 of 3\n$/);
  });
});

describe("every format", () => {
  test.each(FORMATS)("%s shows nothing raw of a hostile answer", (format) => {
    const raw = /(?![\n\t])[\p{Cc}\p{Cs}\p{Bidi_Control}\u200b-\u200d]/u;
    expect(HOSTILE).toMatch(raw);
    for (const answer of [broken, graded(hostileJson, {}, hostileName)])
      expect(render(format, [answer])).not.toMatch(raw);
  });

  test.each(FORMATS)("%s holds no right number with --hide-expected, and does without it", (format) => {
    // every quantity wrong, so that there is a worst entry of each; the expected ones by their first five digits
    const answer = {
      gates: { f: [9, 9], i: [9, 9] },
      h_t: [9, 9],
      jacobian: {
        f: {
          h_prev: [
            [9, 9],
            [9, 9],
          ],
        },
      },
    };
    const show = (hideExpected: boolean) => render(format, [graded(answer, { hideExpected })]);
    const digits = ["64565", "66818", "61123", "39591", "29460", "05999", "11439", "27454", "33256", "17737"];
    expect(digits.filter((part) => show(true).includes(part))).toEqual([]);
    const toldByFormat = format === "csv" || format === "html" ? 0 : 4;
    expect(digits.filter((part) => show(false).includes(part)).length).toBeGreaterThanOrEqual(toldByFormat);
  });

  test.each([
    ["table", /^b\.json: [\s\S]*?\n\n/m],
    ["json", /\{"file":"b\.json".*?\},(?=\{"file")/],
    ["junit", / {2}<testsuite name="b\.json"[\s\S]*?<\/testsuite>/],
    ["tap", /^ {4}# Subtest: b\.json$[\s\S]*?2 - b\.json$/m],
  ] as const)("%s tells one student the same whoever else is in the class", (format, own) => {
    const alone = graded(wrong, {}, "b.json");
    const texts = [
      render(format, [graded(hostileJson, {}, hostileName), alone, broken]),
      render(format, [graded(right, {}, "a.json"), alone, graded(right, {}, "c.json")]),
    ].map((text) => own.exec(text)?.[0]);
    expect(texts[0]).toContain("gates.i");
    expect(texts[0]).toBe(texts[1]);
  });
});
