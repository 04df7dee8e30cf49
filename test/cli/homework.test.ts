/** dlstm explain homework: the five answers in one call, short enough to be handed in. */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { resultOf, run, temporaryFolder } from "../helpers/run.ts";
import { hasProgram } from "../helpers/shell-session.ts";

const CELL = "fixtures/homework6.json";
const MOST_PAGES = 4;
const folder = temporaryFolder();

interface Homework {
  readonly topics: {
    readonly topic: string;
    readonly title: string;
    readonly steps: { readonly rule: string; readonly numbers: { readonly path: string; readonly value: unknown }[] }[];
  }[];
}

const homework = resultOf(["explain", "homework", CELL, "--json"]) as Homework;

describe("dlstm explain homework", () => {
  test("answers five questions, with the numbers that the commands print", () => {
    expect(homework.topics.map(({ title }) => title.slice(0, 2))).toEqual(["1.", "2.", "3.", "4.", "5."]);
    const shown = new Map(
      homework.topics
        .flatMap(({ steps }) => steps.flatMap(({ numbers }) => numbers))
        .map((one) => [one.path, one.value]),
    );
    const { jacobian } = resultOf(["jacobian", CELL, "--of", "f,c_t,h_t", "--json"]) as {
      jacobian: Record<string, { h_prev: number[][] }>;
    };
    for (const of of ["f", "c_t", "h_t"]) expect(shown.get(`jacobian.${of}.h_prev`)).toEqual(jacobian[of]!.h_prev);
    const { optimum } = resultOf(["optimum", CELL, "--json"]) as {
      optimum: { gates: { f: { h_prev: number[]; activation: number }[] } };
    };
    expect(shown.get("optimum.2.max.f.h_prev")).toEqual(optimum.gates.f.map(({ h_prev }) => h_prev));
    expect(shown.get("optimum.2.max.f.activation")).toEqual(optimum.gates.f.map(({ activation }) => activation));
    const norms = [...shown.keys()].flatMap((path) => /^optimum\.(\w+)/.exec(path)?.[1] ?? []);
    expect([...new Set(norms)]).toEqual(["2"]);
  });

  test("takes each step from the topic that explains it at length", () => {
    for (const { topic, steps } of homework.topics) {
      const [whole] = (resultOf(["explain", topic, CELL, "--json"]) as Homework).topics;
      for (const { numbers, ...step } of steps) {
        const long = whole!.steps.find(({ rule }) => rule === step.rule)!;
        expect(long).toMatchObject(step);
        expect(long.numbers).toEqual(expect.arrayContaining([...numbers]));
      }
      expect(steps.length).toBeLessThanOrEqual(4);
    }
  });

  test("is asked with another norm, and without a cell", () => {
    const { topics } = resultOf(["explain", "homework", "--norm", "inf", "--json"]) as Homework;
    expect(topics[4]!.steps.map(({ rule }) => rule)).toEqual(["monotonicity", "Hölder for p = ∞"]);
    expect(topics.flatMap(({ steps }) => steps.flatMap(({ numbers }) => numbers))).toEqual([]);
  });

  // a page of the document has some 45 lines; a formula takes two, a matrix one a row
  test("has few enough lines for four pages, by an estimate", () => {
    const { stdout } = run(["explain", "homework", CELL]);
    expect(stdout.split("\n").length).toBeLessThan(MOST_PAGES * 60);
  });

  test.skipIf(!hasProgram("pdflatex"))("is at most four pages of LaTeX (skipped where there is no pdflatex)", () => {
    // 6 rows and columns are shown whole, of more the ends
    for (const hidden of [2, 6, 8, 16]) {
      const cell = join(folder, `cell${hidden}.json`);
      writeFileSync(cell, run(["example", "--hidden", `${hidden}`, "--seed", "7"]).stdout);
      const { stdout } = run(["explain", "homework", cell, "--format", "latex"]);
      writeFileSync(join(folder, "homework.tex"), stdout);
      const { stdout: log } = spawnSync("pdflatex", ["-interaction=nonstopmode", "-halt-on-error", "homework.tex"], {
        cwd: folder,
        encoding: "utf8",
      });
      const [, pages] = /Output written on homework\.pdf \((\d+) page/.exec(log)!;
      expect([hidden, Number(pages) <= MOST_PAGES]).toEqual([hidden, true]);
      expect(log).not.toContain("Overfull \\hbox");
    }
  });

  test("says where rows and columns are left out, and shows them with --full", () => {
    const cell = join(folder, "cell7.json");
    writeFileSync(cell, run(["example", "--hidden", "7"]).stdout);
    const said = "of more than 6 rows or columns the first and the last 2";
    for (const format of ["latex", "markdown"]) {
      const cut = run(["explain", "homework", cell, "--format", format]).stdout;
      expect([cut.includes(said), cut.includes("⋱") || cut.includes("\\ddots")]).toEqual([true, true]);
      expect(run(["explain", "homework", cell, "--format", format, "--full"]).stdout).not.toMatch(/ddots|⋱|the last 2/);
    }
    expect(run(["explain", "homework", CELL, "--format", "latex"]).stdout).not.toContain("the last 2");
  });
});
