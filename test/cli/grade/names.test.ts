import { describe, expect, test } from "vitest";
import { quantities } from "../../../src/lstm/quantities.ts";
import { page } from "../../helpers/pages.ts";
import { run } from "../../helpers/run.ts";
import { CELL, file, grade, gradeClass } from "./ask.ts";

const json = (args: readonly string[]) => JSON.parse(run([...args, "--json"]).stdout);
const forward = json(["forward", CELL]);
const { jacobian } = json(["jacobian", CELL, "--of", "f,u,h_t"]);
const { gradient } = json(["backward", CELL]);
const units = json(["optimum", CELL]).optimum.gates.f as { h_prev: number[]; activation: number }[];
const { gates, preactivations, h_t, c_t } = forward;
const rows = units.map(({ h_prev }) => h_prev);
const activations = units.map(({ activation }) => activation);
const f_by_h = jacobian.f.h_prev;
const H_PREV = "optimum.2.max.f.h_prev";

/** What people write, and the quantity that it means. */
const UNDERSTOOD: readonly (readonly [answer: object, path: string])[] = [
  [{ f_t: gates.f }, "gates.f"],
  [{ f: gates.f }, "gates.f"],
  [{ g: gates.u }, "gates.u"],
  [{ forget_gate: gates.f }, "gates.f"],
  [{ Gates: { f: gates.f } }, "gates.f"],
  [{ gates: { forget: gates.f } }, "gates.f"],
  [{ gates: { g: gates.u } }, "gates.u"],
  [{ gates: { u_t: gates.u } }, "gates.u"],
  [{ "gates.f": gates.f }, "gates.f"],
  [{ h: h_t }, "h_t"],
  [{ H_t: h_t }, "h_t"],
  [{ C_t: c_t }, "c_t"],
  [{ z_f: preactivations.f }, "preactivations.f"],
  [{ z: { f: preactivations.f } }, "preactivations.f"],
  [{ df_dh: f_by_h }, "jacobian.f.h_prev"],
  [{ "df/dh": f_by_h }, "jacobian.f.h_prev"],
  [{ "∂f/∂h_{t-1}": f_by_h }, "jacobian.f.h_prev"],
  [{ dh_dh_prev: jacobian.h_t.h_prev }, "jacobian.h_t.h_prev"],
  [{ dh_t_dh_prev: jacobian.h_t.h_prev }, "jacobian.h_t.h_prev"],
  [{ jacobian: { df_dh: f_by_h } }, "jacobian.f.h_prev"],
  [{ jacobian: { "f.h_prev": f_by_h } }, "jacobian.f.h_prev"],
  [{ jacobian: { h: { h_prev: jacobian.h_t.h_prev } } }, "jacobian.h_t.h_prev"],
  [{ jacobian: { g: { h: jacobian.u.h_prev } } }, "jacobian.u.h_prev"],
  [{ dU_f: gradient.U_f }, "gradient.U_f"],
  [{ gradient: { dU_f: gradient.U_f } }, "gradient.U_f"],
  [{ gradients: { U_f: gradient.U_f } }, "gradient.U_f"],
  [{ grads: { dUf: gradient.U_f } }, "gradient.U_f"],
  [{ gradient: { dh_prev: gradient.h_prev } }, "gradient.h_prev"],
  [{ optimum: { gates: { f: rows } } }, H_PREV],
  [{ optimum: { f: rows } }, H_PREV],
  [{ optimum: { "2": { max: { f: { h_star: rows } } } } }, H_PREV],
  [{ "optimum.2.max.f.h_prev": rows }, H_PREV],
  [{ optimum: { norm: "L2", goal: "maximum", gates: { forget: units.map(({ h_prev }) => ({ h_prev })) } } }, H_PREV],
  [{ optimum: { f: { value: activations } } }, "optimum.2.max.f.activation"],
];

/** What might mean several things, or nothing, and the name that is told. */
const SUGGESTED: readonly (readonly [answer: object, name: string])[] = [
  [{ jacobian: { f: f_by_h } }, "jacobian.f.h_prev"],
  [{ gates: { q: gates.f } }, "gates.f"],
  [{ c: c_t }, "c_t"],
  [{ gate: { c_t } }, "c_t"],
  [{ gates: gates.f }, "gates.f"],
  [{ gradiant: { U_f: gradient.U_f } }, "gradient"],
  [{ jacobain: { f: { h_prev: f_by_h } } }, "jacobian"],
];

describe("what people write for a quantity", () => {
  test("is understood where it can mean one thing only, and said", async () => {
    const files = UNDERSTOOD.map(([answer], k) => file(`understood-${k}.json`, answer));
    const { result } = await gradeClass([CELL, ...files]);
    const found = result.answers.map(({ score, max_score, notes, tests }, k) => {
      return {
        answer: UNDERSTOOD[k]![0],
        name: tests[0]!.name,
        score,
        max_score,
        isSaid: /^understood: "/.test(notes[0] ?? ""),
      };
    });
    expect(found).toEqual(UNDERSTOOD.map(([answer, name]) => ({ answer, name, score: 1, max_score: 1, isSaid: true })));
  });

  test("is told the nearest name where it might mean several, or none", async () => {
    const files = SUGGESTED.map(([answer], k) => file(`suggested-${k}.json`, answer));
    const { result } = await gradeClass([CELL, ...files]);
    const found = result.answers.map(({ score, gradable, notes }, k) => {
      return [SUGGESTED[k]![0], score, gradable, /the nearest is ([\w.]+)\)/.exec(notes.join())?.[1]];
    });
    expect(found).toEqual(SUGGESTED.map(([answer, name]) => [answer, 0, false, name]));
  });

  test("is neither a weight nor a gradient that is given", async () => {
    for (const answer of [
      { U: gates.u },
      { W_f: f_by_h },
      { dh: h_t },
      { dc_t: c_t },
      { dh_dc: f_by_h },
      { jacobian: { h_T: { h_0: f_by_h } } },
      { cell: c_t },
    ]) {
      const { result } = await grade([CELL, "-"], JSON.stringify(answer));
      expect([answer, result!.gradable]).toEqual([answer, false]);
    }
  });

  test("may have one list or one key around it", async () => {
    const ask = async (answer: unknown) => (await grade([CELL, "-"], JSON.stringify(answer))).result!;
    expect(await ask([{ h_t }])).toMatchObject({ score: 1, notes: ["taken out of the list around it"] });
    expect(await ask({ answer: { h_t } })).toMatchObject({ score: 1, notes: ['taken out of "answer"'] });
    expect(await ask({ student: "Ann", answer: { h_t } })).toMatchObject({ score: 1 });
    for (const answer of [[{ h_t }, { h_t }], [[{ h_t }]], [], { a: { h_t }, b: { h_t } }, { a: { b: { h_t } } }]) {
      expect(await ask(answer)).toMatchObject({ score: 0, gradable: false });
    }
    const several =
      "a list of 2 answers, expected one: each in a file of its own, or on a line of its own with --ndjson";
    expect((await ask([{ h_t }, { h_t }])).notes).toEqual([`passed over: ${several}`]);
    for (const none of [[], [{ h_t }, 1], "h_t"]) {
      expect((await ask(none)).notes).toEqual(["passed over: the whole, expected one object"]);
    }
    expect((await ask({ "": h_t })).notes).toEqual(['passed over: ""']);
  });

  test("of what nobody is marked by earns nothing, and is told apart from what nobody knows", async () => {
    const hessian = { h_prev: { h_prev: [[1]] } };
    const jacobian = { h_t: { U_f: h_t, b_f: h_t, U_q: h_t }, h_T: { h_0: [[1]] } };
    const optimum = { norm: "2", goal: "max", outputs: { c_t: [] } };
    const { result } = await grade([CELL, "-"], JSON.stringify({ h_t, jacobian, optimum, hessian, eigenvalues: [1] }));
    expect(result).toMatchObject({ score: 1, max_score: 1 });
    const [unknown, unmarked] = result!.notes;
    expect(unknown).toMatch(/^passed over: "jacobian.h_t.U_q"/);
    expect(unmarked).toBe(
      'known, but not marked: "jacobian.h_t.U_f", "jacobian.h_t.b_f", "jacobian.h_T", "optimum.outputs", "hessian" and 1 more; dlstm check --answer judges derivatives',
    );
  });

  test("stands beside an answer in a key, which is said", async () => {
    const { result } = await grade([CELL, "-"], JSON.stringify({ answer: { h_t, q: 1 }, c: c_t, name: "Ann" }));
    expect(result).toMatchObject({
      score: 1,
      notes: ['taken out of "answer"', 'passed over: "q", "c" (the nearest is c_t)'],
    });
  });

  test.each([
    [{ h: h_t, h_t }, '"h" and as "h_t"'],
    [{ h_t, h: [0, 0] }, '"h_t" and as "h"'],
    [{ "gates.f": gates.f, gates: { f: gates.f } }, '{"gates.f": …} and as {"gates": {"f": …}}'],
    [{ gates: { f: gates.f, forget: gates.f } }, '"gates.f" and as "gates.forget"'],
    [{ optimum: { gates: { f: rows }, f: { h_prev: rows } } }, '"optimum.gates.f" and as "optimum.f.h_prev"'],
  ])("under two names is ambiguous and earns nothing: %j", async (answer, names) => {
    const { result } = await grade([CELL, "-", "--follow-through"], JSON.stringify(answer));
    expect(result).toMatchObject({ score: 0, max_score: 1, passed: false });
    expect(result!.tests[0]).toMatchObject({
      diagnosis: "ambiguous",
      message: `it stands twice, as ${names}, expected once`,
    });
  });

  test("is no name in a key, which has to be right", async () => {
    const key = file("key.json", { h: [1, 2], gates: { f: [0.5, 0.5] } });
    const { status, stderr } = await grade([key, "-"], "{}");
    expect([status, stderr]).toEqual([2, expect.stringContaining("unknown-key")]);
  });
});

describe("names for teachers", () => {
  test("families are all that begins with them and that the key tells", async () => {
    const asked = async (names: string) =>
      (await grade([CELL, "-", "--require", names], JSON.stringify({ gates }))).result!.tests.map(({ name }) => name);
    expect(await asked("gates")).toEqual(["gates.f", "gates.i", "gates.o", "gates.u"]);
    expect(await asked("jacobian.f,h_t")).toEqual([
      "h_t",
      ...["h_prev", "c_prev", "x_t"].map((wrt) => `jacobian.f.${wrt}`),
    ]);
    expect((await asked("optimum")).every((name) => name.startsWith("optimum.2.max."))).toBe(true);
    expect(await asked("optimum.inf.min.u")).toHaveLength(3);
  });

  test("a family's points are shared by its quantities", async () => {
    const points = (worth: object) => file("worth.json", worth);
    const { result } = await grade([CELL, "-", "--points", points({ gates: 2, h_t: 1 })], JSON.stringify({ gates }));
    expect(result).toMatchObject({ score: 2, max_score: 3 });
    expect(result!.tests[1]).toMatchObject({ name: "gates.i", score: 0.5 });
    const twice = await grade([CELL, "-", "--points", points({ gates: 2, "gates.f": 1 })], "{}");
    expect([twice.status, twice.stderr]).toEqual([
      2,
      expect.stringContaining("gates.f is worth something of its own too"),
    ]);
  });

  test.each([
    ["gate.f", "gates.f"],
    ["jacobian.f.h_prv", "jacobian.f.h_prev"],
    ["gradients", "gradient"],
  ])("%s is told the nearest", async (name, meant) => {
    const { status, stderr } = await grade([CELL, "-", "--require", name], "{}");
    expect([status, stderr]).toEqual([2, expect.stringContaining(`; the nearest is ${meant}`)]);
  });

  test("all stand in dlstm help quantities", () => {
    const { stdout, status } = run(["help", "quantities"]);
    expect(status).toBe(0);
    const words = new Set(stdout.split(/\s+/));
    expect(
      quantities()
        .map(({ path }) => path)
        .filter((path) => !words.has(path)),
    ).toEqual([]);
    const names = page("src/lstm/README.md")
      .split("## All names")[1]!
      .match(/[\w.]+/g);
    expect(names).toEqual(quantities().map(({ path }) => path));
  });
});
