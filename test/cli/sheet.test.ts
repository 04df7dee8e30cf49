import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { npzChunks } from "../../src/input/weights/files/numpy/write-npz.ts";
import { storedZipChunks } from "../../src/input/weights/files/zip/write-stored.ts";
import { bash, run, runMain } from "../helpers/run.ts";
import { CELL, file, folder, grade } from "./grade/ask.ts";

const exact = (args: readonly string[]) => JSON.parse(run([...args, "--json"]).stdout);

/** The sheet with each null replaced by what a result has in its place. */
function filled(sheet: unknown, right: unknown): unknown {
  if (sheet === null) return right;
  if (typeof sheet !== "object") return sheet;
  const own = right as Record<string, unknown>;
  if (Array.isArray(sheet)) return sheet.map((entry, k) => filled(entry, own[k]));
  return Object.fromEntries(Object.entries(sheet).map(([key, entry]) => [key, filled(entry, own[key])]));
}

describe("dlstm sheet", () => {
  test("has what show prints, null for each number, and earns all points once it is filled in", async () => {
    const { stdout, status } = run(["sheet", CELL]);
    expect(status).toBe(0);
    expect(stdout).toContain('  "h_t": [null, null],\n');
    const shown = { ...exact(["show", CELL]), ...exact(["forward", CELL]), optimum: exact(["optimum", CELL]).optimum };
    const answer = filled(JSON.parse(stdout), shown);
    const { result } = await grade([CELL, "-"], JSON.stringify(answer));
    expect(result).toMatchObject({ score: 11, max_score: 11, notes: [] });
    const blank = await grade([CELL, "-"], stdout);
    expect(blank.result).toMatchObject({ score: 0, max_score: 11, passed: false });
  });

  test("has of what show prints what a cell of some gates tells, and asks for names where that is nothing", async () => {
    const sheet = JSON.parse((await runMain(["sheet", "fixtures/forget-gate-only.json"])).stdout);
    expect([Object.keys(sheet), Object.keys(sheet.gates)]).toEqual([["gates", "jacobian", "optimum"], ["f"]]);
    const { stderr, status } = await runMain(["sheet", "fixtures/sequence.json"]);
    expect([status, stderr]).toEqual([
      2,
      "dlstm: --require: missing, expected what is asked for: show prints nothing of this key\n",
    ]);
  });

  test("has the quantities and families that are required, and no others", async () => {
    const ask = async (names: string) => JSON.parse((await runMain(["sheet", CELL, "--require", names])).stdout);
    expect(await ask("gates,jacobian.f.h_prev")).toEqual({
      gates: Object.fromEntries(["f", "i", "o", "u"].map((g) => [g, [null, null]])),
      jacobian: {
        f: {
          h_prev: [
            [null, null],
            [null, null],
          ],
        },
      },
    });
    expect(await ask("optimum.1.min.u.activation,loss")).toEqual({
      loss: null,
      optimum: { norm: "1", goal: "min", gates: { u: [0, 1].map((unit) => ({ unit, activation: null })) } },
    });
    const two = await ask("optimum.1.min.u.activation,optimum.2.max.f.activation");
    expect(two).toEqual({
      optimum: { "1": { min: { u: { activation: [null, null] } } }, "2": { max: { f: { activation: [null, null] } } } },
    });
    two.optimum["2"].max.f.activation = exact(["optimum", CELL]).optimum.gates.f.map(
      (unit: { activation: number }) => unit.activation,
    );
    const { result } = await grade([CELL, "-"], JSON.stringify(two));
    expect(result!.tests.map(({ name, score }) => [name, score])).toEqual([
      ["optimum.1.min.u.activation", 0],
      ["optimum.2.max.f.activation", 1],
    ]);
    expect(result!.notes).toEqual([]);
  });

  test("-o keeps it, and what is no quantity or no key is an error", () => {
    const { stdout, status } = bash(
      `dlstm sheet ${CELL} --require h_t -o ${folder}/sheet.json && dlstm grade ${CELL} ${folder}/sheet.json --require h_t`,
    );
    expect([status, stdout]).toEqual([1, expect.stringContaining("2 of 2 entries are wrong, 2 of them no numbers")]);
    expect(run(["sheet", CELL, "--require", "gate"])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("the nearest is gates"),
    });
    expect(run(["sheet", "none.json"]).status).toBe(2);
    expect(run(["sheet", CELL, "--require", "gradient.x"])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("does not tell it"),
    });
  });
});

describe("answers that are no JSON", () => {
  const asked = async (path: string, ...flags: string[]) => (await grade([CELL, path, ...flags])).result!;

  test.each([
    ["show", []],
    ["forward", []],
    ["jacobian", ["--of", "f,i,o,u,c_t,tanh_c_t,h_t", "--wrt", "h_prev,c_prev,x_t", "--terms"]],
    ["optimum", ["--gate", "f,i,o,u", "--norm", "inf", "--minimize"]],
    ["backward", []],
  ])("the CSV of %s earns what its JSON does", async (command, flags) => {
    const csv = join(folder, `${command}.csv`);
    run([command, CELL, ...flags, "--format", "csv", "-o", csv]);
    const json = file(`${command}.json`, exact([command, CELL, ...flags]));
    const own = await asked(csv);
    expect(own).toEqual(await asked(json));
    expect(own).toMatchObject({ passed: true, notes: [] });
  });

  test("CSV as spreadsheets write it, rows in any order, is the same", async () => {
    const { h_t, gates } = exact(["forward", CELL]);
    const rows = [
      ["quantity", "row", "value"],
      ["h_t", "1", h_t[1]],
      ['"gates.f"', "0", gates.f[0]],
      ["h_t", "0", h_t[0]],
      ["gates.f", "1", "pending"],
    ];
    const path = file("sheet.csv", `\ufeff${rows.map((row) => row.join(";")).join("\r\n")}\r\n`);
    expect(await asked(path)).toMatchObject({
      ...{ score: 1.5, max_score: 2 },
      tests: [
        { name: "gates.f", right: 1, message: "1 of 2 entries is wrong, 1 of them no number" },
        { name: "h_t", right: 2 },
      ],
    });
  });

  test.each([
    ["quantity,row\nh_t,0\n", "expected the columns quantity, wrt, row, column, value"],
    ["quantity,row,value\nh_t,0,1\nh_t,0,1\n", "line 3: an entry that stands twice"],
    ["quantity,row,value\nh_t,x,1\n", 'line 2: "x" is no index'],
    ["\n\r\n quantity;row;value\n\nh_t;x;1\n", 'line 5: "x" is no index'],
    ["quantity\n,row,value\n", "line 1, column 1: quantity is not a JSON value"],
    ["quantity,row,value\nh_t,999999999,1\n", "row or column 999999999, expected all before it too"],
    ["quantity,row,value\ngates,0,1\ngates.f,0,1\n", "gates.f: numbers stand there twice"],
  ])("CSV with a fault is that answer's zero, and says where: %j", async (text, message) => {
    const { error, score } = await asked(file("fault.csv", text));
    expect([score, `${error!.place}: ${error!.message}`]).toEqual([0, expect.stringContaining(message)]);
  });

  const arrays = () => {
    const { h_t, gates } = exact(["forward", CELL]);
    const { h_prev } = exact(["jacobian", CELL, "--of", "f"]).jacobian.f;
    return [
      { name: "h_t", shape: [2], values: Float64Array.from(h_t) },
      { name: "gates.f", shape: [2, 1], values: Float64Array.from(gates.f) },
      { name: "jacobian_f_h_prev", shape: [2, 2], values: Float64Array.from(h_prev.flat()) },
    ];
  };
  const bytes = (chunks: Iterable<Uint8Array>) => Buffer.concat([...chunks]);

  test("an .npz holds arrays by the names of quantities, or of variables", async () => {
    const result = await asked(file("answer.npz", bytes(npzChunks(arrays()))));
    expect(result).toMatchObject({ score: 3, max_score: 3, passed: true });
    expect(result.tests[0]!.message).toContain("read as a vector");
    expect(result.notes).toEqual(['understood: "jacobian_f_h_prev" as jacobian.f.h_prev']);
  });

  test(".npy files in a folder in a zip are the same, beside what systems add", async () => {
    const inner = arrays().map(({ name, ...array }) => {
      const data = bytes(npzChunks([{ name, ...array }]));
      // what the one member of that .npz holds, behind its local header
      const start = 30 + data.readUInt16LE(26) + data.readUInt16LE(28);
      const size = data.readUInt32LE(22);
      return { name: `answer/${name}.npy`, size, bytes: () => data.subarray(start, start + size) };
    });
    const junk = { name: "__MACOSX/answer/._h_t.npy", size: 3, bytes: () => Buffer.from("abc") };
    writeFileSync(join(folder, "answer.zip"), bytes(storedZipChunks([...inner, junk])));
    expect(await asked(join(folder, "answer.zip"))).toMatchObject({ score: 3, max_score: 3 });
  });

  test("an array with NaN in it is no numbers, and costs no other its points", async () => {
    const [h_t, f] = arrays();
    const broken = { ...h_t!, values: Float64Array.of(Number.NaN, 1) };
    const result = await asked(file("nan.npz", bytes(npzChunks([broken, f!]))));
    expect(result).toMatchObject({ score: 1, max_score: 2 });
    expect(result.tests[1]).toMatchObject({ name: "h_t", diagnosis: "not-a-number" });
  });

  test("what is no answer says so", async () => {
    const [h_t] = arrays();
    const npz = bytes(npzChunks([h_t!]));
    const lone = npz.subarray(30 + npz.readUInt16LE(26) + npz.readUInt16LE(28));
    expect((await asked(file("lone.npy", lone))).error!.message).toContain("has no name");
    expect((await asked(file("cut.npz", npz.subarray(0, 60)))).error!.code).toBe("syntax");
    const large = { name: "h_t", shape: [70_000], values: new Float64Array(70_000) };
    expect((await asked(file("large.npz", bytes(npzChunks([large]))))).error!.code).toBe("too-large");
  });
});
