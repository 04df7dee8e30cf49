import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { TOPICS } from "../../src/explain/topic-names.ts";
import type { OptimumResult } from "../../src/lstm/results/records.ts";
import { fixtureText } from "../helpers/fixtures.ts";
import { ROOT, resultOf, run, runMain, temporaryFolder } from "../helpers/run.ts";

const CELL = "fixtures/homework6.json";
const folder = temporaryFolder();

interface Explained {
  readonly hidden_size?: number;
  readonly step?: number;
  readonly steps?: number;
  readonly topics: {
    readonly topic: string;
    readonly steps: {
      readonly numbers: { readonly path: string; readonly value: unknown }[];
      readonly formulas: { text: string; latex: string; tree: object }[];
    }[];
  }[];
}

describe("dlstm explain", () => {
  test("explains everything in order, or one topic", () => {
    const { topics } = resultOf(["explain", "--json"]) as Explained;
    expect(topics.map(({ topic }) => topic)).toEqual(TOPICS);
    for (const topic of TOPICS) {
      const { topics: one } = resultOf(["explain", topic, "--format", "json"]) as Explained;
      expect(one).toEqual(topics.filter((each) => each.topic === topic));
    }
  });

  test("explains several topics, in the order asked for, each once", () => {
    const { topics } = resultOf(["explain", "tanh", "sigmoid", "tanh", "--json"]) as Explained;
    expect(topics.map(({ topic }) => topic)).toEqual(["tanh", "sigmoid"]);
  });

  test("takes the cell as its last word", () => {
    const behind = (...args: readonly string[]) => run(["explain", ...args, "--json"]);
    const flagged = behind("sigmoid", "tanh", "--cell", CELL);
    expect(behind("sigmoid", "tanh", CELL)).toEqual(flagged);
    const input = fixtureText("homework6.json");
    expect(run(["explain", "sigmoid", "tanh", "-", "--json"], { input })).toEqual(flagged);
    expect(behind(CELL)).toEqual(behind("--cell", CELL));
    // a topic is a topic, whatever files there are
    writeFileSync(join(folder, "tanh"), "no cell");
    expect(run(["explain", "tanh"], { cwd: folder })).toEqual({ ...run(["explain", "tanh"]), status: 0 });
    writeFileSync(join(folder, "cell"), fixtureText("homework6.json"));
    expect(run(["explain", "sigmoid", "tanh", "cell", "--json"], { cwd: folder })).toEqual(flagged);
  });

  test.each(["1", "2", "inf"])("keeps to one norm of the optimum: %s", (norm) => {
    const { topics } = resultOf(["explain", "optimum", CELL, "--norm", norm, "--json"]) as Explained;
    const shown = topics[0].steps.flatMap(({ numbers }) => numbers);
    const norms = shown.flatMap(({ path }) => /^optimum\.(\w+)\./.exec(path)?.[1] ?? []);
    expect([...new Set(norms)]).toEqual([norm]);
    const { optimum } = resultOf(["optimum", CELL, "--norm", norm, "--json"]) as OptimumResult;
    const best = shown.find(({ path }) => path === `optimum.${norm}.max.f.h_prev`);
    expect(best?.value).toEqual(optimum.gates.f?.map(({ h_prev }) => h_prev));
    const least = resultOf(["optimum", CELL, "--norm", norm, "--minimize", "--json"]) as OptimumResult;
    const closed = shown.find(({ path }) => path === `optimum.${norm}.min.f.activation`);
    expect(closed?.value).toEqual(least.optimum.gates.f?.map(({ activation }) => activation));
  });

  test("gives a formula in JSON as text, as LaTeX and as a tree", () => {
    const { topics } = resultOf(["explain", "forget-gate", "--json"]) as Explained;
    const [formula] = topics[0].steps[2].formulas;
    expect(formula.text).toBe("∂f_t/∂h_{t-1} = ∂f_t/∂z_f · ∂z_f/∂h_{t-1} = diag(σ'(z_f)) U_f");
    expect(formula.latex).toContain("\\frac{\\partial f_{t}}{\\partial h_{t - 1}}");
    expect(formula.tree).toMatchObject({ kind: "chain", first: { kind: "fraction" } });
  });

  test("reads a cell from a file or from standard input, with the state of the flags", () => {
    const args = ["explain", "sigmoid", "--h", "[0,0]", "--json"];
    const fromFile = run([...args, "--cell", CELL]).stdout;
    expect(run([...args, "--cell", "-"], { input: fixtureText("homework6.json") }).stdout).toBe(fromFile);
    expect(fromFile).toContain('{"path":"preactivations.f","symbol":"z_f","value":[0,0]}');
  });

  test("takes the first step of a sequence, or the one asked for, and the whole for the topic sequence", () => {
    const file = ["--cell", "fixtures/sequence.json", "--json"];
    expect(resultOf(["explain", "sigmoid", ...file])).toMatchObject({ step: 1, steps: 5 });
    expect(resultOf(["explain", "sigmoid", ...file, "--step", "3"])).toMatchObject({ step: 3, steps: 5 });
    const alongAt = (step: string) => (resultOf(["explain", "sequence", ...file, "--step", step]) as Explained).topics;
    expect(alongAt("3")).toEqual(alongAt("1"));
  });

  test.each([
    ["text", /^The forget gate by the previous hidden state\n─+\n/],
    ["markdown", /^## The forget gate[\s\S]*\n\$\$\n\\frac/],
    ["latex", /^\\documentclass[\s\S]*\\end\{document\}\n$/],
    ["html", /^<!doctype html>[\s\S]*<math display="block">[\s\S]*<\/html>\n$/],
  ])("prints %s, to a file as well", (format, shape) => {
    const { stdout, stderr, status } = run(["explain", "forget-gate", "--format", format]);
    expect([stderr, status]).toEqual(["", 0]);
    expect(stdout).toMatch(shape);
    const file = join(folder, format);
    expect(run(["explain", "forget-gate", "--format", format, "-o", file])).toEqual({
      stdout: "",
      stderr: "",
      status: 0,
    });
    expect(readFileSync(file, "utf8")).toBe(stdout);
  });

  test("prints plain characters on a terminal without UTF-8, and colour where it is wanted", async () => {
    const plain = await runMain(["explain", "--cell", CELL], { columns: 80, env: { LANG: "C" } });
    expect(plain.stdout).not.toMatch(/[^\n -~]/);
    const coloured = await runMain(["explain", "sigmoid"], {
      columns: 80,
      env: { LANG: "C.UTF-8", TERM: "xterm-256color" },
    });
    expect(coloured.stdout).toContain("\u001b[1m");
  });

  test.each([
    ["forgetgate", "forgetgate: neither a topic nor a file, expected one; the nearest topic is forget-gate"],
    ["sigmoid homewrk", "homewrk: neither a topic nor a file, expected one; the nearest topic is homework"],
    ["sigmoid xyzzyq", "xyzzyq: neither a topic nor a file, expected one; --help lists the topics"],
    ["sigmoid nothing.json", "nothing.json: no such file"],
    [`${CELL} sigmoid`, `${CELL}: a file before other words, expected topics: the cell comes last`],
    [`${CELL} ${CELL}`, `${CELL}: a file before other words, expected topics: the cell comes last`],
    [`${CELL} --cell a.json`, `--cell: a.json, but ${CELL} is the cell already`],
    ["homework sigmoid", "homework: the five questions at once, expected no other topic beside it"],
    [`homework optimum ${CELL}`, "homework: the five questions at once, expected no other topic beside it"],
    ["sigmoid --norm 1", "--norm: only with the topics optimum and homework, whose unit sphere it is"],
    [`${CELL} --unit 0 --norm 1`, "--norm: only with the topics optimum and homework, whose unit sphere it is"],
    ["optimum --norm infty", "--norm: infty, expected one of 1, 2, inf; the nearest is inf"],
    ["sigmoid --unit 0", "--unit: only with a cell, whose unit it is"],
    ["sigmoid --h [1]", "--h-prev: only with a cell: the last word, or flags for weights with at least one U"],
    ["sigmoid --step 2", "--step: only with a cell: the last word, or flags for weights with at least one U"],
    [`--cell ${CELL} --unit 2`, `${CELL}: --unit: 2, expected 0 … 1, the units of this cell`],
    [`--cell ${CELL} --step 2`, `${CELL}: --step: the cell has no sequence x, expected one`],
    ["--cell nothing.json", "nothing.json: no such file"],
    ["--cell fixtures/invalid/ragged-row.json", "U_f\\[1\\]: 3 numbers, expected 2 \\(the hidden size\\)"],
    ["sigmoid --format table", "--format: table, expected one of text, json, markdown, latex, html"],
  ])("refuses %s", async (args, message) => {
    const { stdout, stderr, status } = await runMain(["explain", ...args.split(" ")]);
    expect([stdout, status]).toEqual(["", 2]);
    expect(stderr).toMatch(new RegExp(`^dlstm: .*${message}\n$`));
  });

  test("spells out what a cell's name may hide, in every format", () => {
    const name = "\u001b[31m\\input{x}<script>$a$\u202e";
    const input = JSON.stringify({ name, U_f: [[1]] });
    for (const format of ["text", "markdown", "latex", "html"]) {
      const { stdout, status } = run(["explain", "sigmoid", "--cell", "-", "--format", format], { input });
      expect(status).toBe(0);
      expect(stdout).toContain("x1b");
      for (const character of "\u001b\u202e") expect(stdout).not.toContain(character);
      if (format === "latex") expect(stdout).not.toContain("\\input{");
      if (format === "html") expect(stdout).not.toContain("<script");
    }
  });
});

test("what only explain needs is not in the file that every command loads", () => {
  const entry = readFileSync(join(ROOT, "dist", "cli", "entry.cjs"), "utf8");
  for (const text of ["Schwarz", "\\documentclass", "mfrac", "peephole"]) expect(entry).not.toContain(text);
  expect(readFileSync(join(ROOT, "dist", "cli", "explain.cjs"), "utf8")).toContain("Schwarz");
});
