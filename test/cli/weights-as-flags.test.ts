import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fixture, fixtureText } from "../helpers/fixtures.ts";
import { npy, npyOf } from "../helpers/npy.ts";
import { mainResult, resultOf, run, runMain, temporaryFolder } from "../helpers/run.ts";

const CELL = "fixtures/homework6.json";
const folder = temporaryFolder();
const GATES = ["f", "i", "o", "u"];
const U_F = ["--U-f", "[[1/2,-1.2],[1.5,0.8]]"];
/** Every weight of a cell with H = 2, I = 2. */
const ALL = GATES.flatMap((g, k) => [`--W-${g}`, `${k} 1; -1 .5`, `--U-${g}`, `0.5 ${k}; 1/4 -1`]);
const all = Object.fromEntries(
  GATES.flatMap((g, k) => [
    [
      `W_${g}`,
      [
        [k, 1],
        [-1, 0.5],
      ],
    ],
    [
      `U_${g}`,
      [
        [0.5, k],
        [0.25, -1],
      ],
    ],
  ]),
);

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const of = async (args: readonly string[], input = "") => mainResult([...args, "--json"], { input });
const errors = async (args: readonly string[], input = "") => {
  const { stdout, stderr, status } = await runMain(args, { input });
  expect([stdout, status]).toEqual(["", 2]);
  return stderr
    .trimEnd()
    .split("\n")
    .map((line) => line.replace(/^dlstm: /, ""));
};

describe("a cell from flags alone", () => {
  test("may be partial, and reads no standard input", () => {
    const { stdout, stderr, status } = run([...U_F, "--h", "1 0"], { input: "no cell at all" });
    expect([stderr, status]).toEqual(["", 0]);
    expect(stdout).toMatch(/^cell from flags \(hidden size 2\)\n/);
    expect(stdout).toContain("missing for want of keys: i_t (U_i)");
    const cell = JSON.stringify({
      U_f: [
        [0.5, -1.2],
        [1.5, 0.8],
      ],
      h_prev: [1, 0],
    });
    expect(resultOf([...U_F, "--h", "1 0", "--json"])).toEqual(resultOf(["--json"], { input: cell }));
  });

  test("asks nobody at a terminal, where nothing at all is help", async () => {
    const terminal = { interactive: true, columns: 80, env: { LANG: "C.UTF-8" } };
    expect((await runMain([...U_F], terminal)).status).toBe(0);
    expect((await runMain(["convert", ...U_F], terminal)).status).toBe(0);
    for (const args of [
      ["show", "--W-f", "1"],
      ["convert", "--b-f", "1"],
    ]) {
      expect(await runMain(args, terminal)).toMatchObject({ status: 2, stderr: expect.stringContaining("Usage:") });
    }
  });

  test("is read by every command that reads a cell", async () => {
    const input = JSON.stringify({ ...all, x_t: [1, 2], c_prev: [1, 1] });
    const flags = [...ALL, "--x", "1 2", "--c", "1; 1"];
    for (const command of ["show", "forward", "jacobian", "optimum", "backward", "check", "convert"]) {
      expect(await of([command, ...flags])).toEqual(await of([command], input));
    }
    const { stdout } = await runMain(["explain", "hidden-state", ...flags, "--json"]);
    const explained = await runMain(["explain", "hidden-state", "--cell", "-", "--json"], { input });
    expect(stdout.replaceAll("cell from flags", "stdin")).toBe(explained.stdout);
    expect((await runMain(["report", ...flags])).stdout).toContain("cell from flags");
    const sequence = await of(["sequence", ...ALL, "--x", "1 2; 3 4"]);
    expect(sequence).toEqual(
      await of(
        ["sequence"],
        JSON.stringify({
          ...all,
          x: [
            [1, 2],
            [3, 4],
          ],
        }),
      ),
    );
  });

  test("takes the state of a --state file, which flags override", async () => {
    const state = file("state.json", '{"h_prev":[1,2],"c_prev":[3,4]}');
    const cell = await of(["convert", ...U_F, "--state", state, "--h", "5 6"]);
    expect(cell).toMatchObject({ h_prev: [5, 6], c_prev: [3, 4] });
  });

  test("needs the U of every gate of which W or b is given, and names it", async () => {
    expect(await errors([...U_F, "--W-i", "1 2;3 4", "--b-o", "1 2"])).toEqual([
      "--W-i: given without U_i, expected both: flags alone make this cell",
      "--b-o: given without U_o, expected both: flags alone make this cell",
    ]);
    const cell = JSON.stringify({ U_f: [[1]] });
    expect((await runMain(["--U-f", "2", "--W-i", "1", "-", "--json"], { input: cell })).status).toBe(0);
  });

  test("is no file of weights, and no stream", async () => {
    expect(await errors([...U_F, "--layer", "0"])).toEqual([
      "--layer: only with a file of weights: flags alone make this cell",
    ]);
    expect(await errors([...U_F, "--ndjson"])).toEqual([
      "--ndjson: flags alone make one cell, expected a file of cells, or - for standard input",
    ]);
  });
});

describe("weights beside a file", () => {
  test("replace its keys, and no others", async () => {
    const own = fixture("homework6.json") as Record<string, unknown>;
    const flags = ["--W-u", "1 2 3; 4 5 6", "--U-i", "1/3 0; 0 1/3", "--b-f", "[1;2]"];
    const replaced = await of(["convert", CELL, ...flags]);
    const third = 1 / 3;
    const { description: _, ...rest } = own;
    expect(replaced).toEqual({
      ...rest,
      W_u: [
        [1, 2, 3],
        [4, 5, 6],
      ],
      U_i: [
        [third, 0],
        [0, third],
      ],
      b_f: [1, 2],
    });
    expect((await runMain([CELL, ...flags])).stdout).toMatch(/^homework 6 /);
  });

  test("replace those of a framework's file", async () => {
    const file = "fixtures/weights/pytorch-lstm.json";
    const before = (await of(["convert", file, "--layer", "0"])) as Record<string, number[][]>;
    const after = await of(["convert", file, "--layer", "0", "--W-o", JSON.stringify(before.W_f)]);
    expect(after).toEqual({ ...before, W_o: before.W_f });
  });

  test("from standard input: with -, and without any --U; in --ndjson each cell's", async () => {
    const input = fixtureText("homework6.json");
    const [cell] = await Promise.all([of(["convert", CELL, "--U-f", "1 2;3 4", "--b-f", "1 2"])]);
    expect(await of(["convert", "-", "--U-f", "1 2;3 4", "--b-f", "1 2"], input)).toEqual(cell);
    expect(await of(["forward", "--b-f", "1 2"], input)).toEqual(await of(["forward", CELL, "--b-f", "1 2"]));
    const lines = '{"U_f":[[1]],"h_prev":[1]}\n{"U_f":[[2]],"h_prev":[1]}\n{"U_f":[[2,1],[1,2]]}\n';
    const { stdout, status } = await runMain(["forward", "--ndjson", "--b-f", "1/2"], { input: lines });
    const results = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect([results[0].preactivations.f, results[1].preactivations.f, status]).toEqual([[1.5], [2.5], 2]);
    expect(results[2].error).toMatchObject({ place: "--b-f", message: "1 number, expected 2 (the hidden size)" });
    const { stdout: replaced } = await runMain(["forward", "--ndjson", "-", "--U-f", "3"], { input: '{"h_prev":[1]}' });
    expect(JSON.parse(replaced).preactivations.f).toEqual([3]);
  });

  test("is graded by, but not beside a result as the key", async () => {
    const flags = ["--U-f", "1 2; 3 4", "--h", "1 1"];
    const answer = JSON.stringify(await of([CELL, ...flags]));
    expect(await of(["grade", CELL, "-", ...flags], answer)).toMatchObject({ passed: true });
    expect(await errors(["grade", file("key.json", answer), CELL, "--U-f", "1"])).toEqual([
      "--U-f: not with a result as the key, whose numbers stand; expected a cell",
    ]);
  });

  test("of another size is told with its flag", async () => {
    expect(await errors([CELL, "--U-f", "1 2 3;4 5 6"])).toContain("--U-f[0]: 3 numbers, expected 2 (the hidden size)");
    expect(await errors([CELL, "--b-i", "1"])).toEqual(["--b-i: 1 number, expected 2 (the hidden size)"]);
    expect(await errors(["--U-f", "[[1,2],[3]]"])).toEqual(["--U-f[1]: 1 number, expected 2 (the hidden size)"]);
    expect(await errors(["--U-f", "1", "--b-f", "1 2;3 4"])).toEqual(["--b-f: 2 rows, expected one row or one column"]);
  });
});

describe("@FILE", () => {
  const matrix = [
    [0.1, -1e-300],
    [1 / 3, 5],
  ];
  test.each([
    ["u.csv", "0.1,-1e-300\r\n1/3,5\r\n"],
    ["u.txt", "0.1 -1e-300\n1/3\t5\n"],
    ["u.json", JSON.stringify(matrix)],
    ["u.npy", npyOf("(2, 2)", matrix.flat())],
  ])("%s is read by what is in it, whatever it is called", async (name, content) => {
    for (const path of [file(name, content), file(`${name}.data`, content)]) {
      expect(await of(["convert", "--U-f", `@${path}`])).toEqual({ U_f: matrix });
    }
    expect(resultOf(["convert", "--U-f", "@-"], { input: content })).toEqual({ U_f: matrix });
    expect(resultOf(["convert", "--U-f", "-"], { input: content })).toEqual({ U_f: matrix });
  });

  const [two53, two63] = [2n ** 53n, 2n ** 63n];
  test.each<[string, ArrayBufferView, readonly number[]]>([
    ["|i1", Int8Array.of(-128, 127, 0, -1), [-128, 127, 0, -1]],
    ["|u1", Uint8Array.of(255, 128, 0, 1), [255, 128, 0, 1]],
    ["<i2", Int16Array.of(-32768, 32767, 1, 2), [-32768, 32767, 1, 2]],
    ["<u2", Uint16Array.of(65535, 0, 1, 2), [65535, 0, 1, 2]],
    ["<i4", Int32Array.of(-(2 ** 31), 2 ** 31 - 1, 1, 2), [-(2 ** 31), 2 ** 31 - 1, 1, 2]],
    ["<u4", Uint32Array.of(2 ** 32 - 1, 0, 1, 2), [2 ** 32 - 1, 0, 1, 2]],
    // 2^53 + 1 is as near to 2^53 as to 2^53 + 2, 2^53 + 3 as to 2^53 + 4: ties to even, as decimals are read
    ["<i8", BigInt64Array.of(two53 + 1n, -two53 - 3n, -two63, 7n), [2 ** 53, -(2 ** 53 + 4), -(2 ** 63), 7]],
    ["<u8", BigUint64Array.of(2n * two63 - 1n, two63, two53 - 1n, 0n), [2 ** 64, 2 ** 63, 2 ** 53 - 1, 0]],
  ])(
    "of integers, %s, is each as the nearest double, in either order of bytes and of entries",
    async (type, data, [a, b, c, d]) => {
      const bytes = new Uint8Array(data.buffer);
      const width = bytes.length / 4;
      const swapped = new Uint8Array(
        [0, 1, 2, 3].flatMap((k) => [...bytes.subarray(k * width, (k + 1) * width)].reverse()),
      );
      const header = (descr: string, fortran: string) =>
        `{'descr': '${descr}', 'fortran_order': ${fortran}, 'shape': (2, 2), }`;
      const names = [
        file("rows.npy", npy(header(type, "False"), bytes)),
        file("columns.npy", npy(header(type, "True"), bytes)),
        file("big-endian.npy", npy(header(type.replace("<", ">"), "False"), swapped)),
      ];
      const found = await Promise.all(names.map((name) => of(["convert", "--U-f", `@${name}`])));
      const rows = {
        U_f: [
          [a, b],
          [c, d],
        ],
      };
      expect(found).toEqual([
        rows,
        {
          U_f: [
            [a, c],
            [b, d],
          ],
        },
        rows,
      ]);
    },
  );

  test("of truth values, of complex numbers and one that ends early is refused", async () => {
    const short = file(
      "short.npy",
      npy("{'descr': '<i8', 'fortran_order': False, 'shape': (2,), }", new Uint8Array(15)),
    );
    expect((await errors(["--U-f", "1", "--h", `@${short}`]))[0]).toMatch(
      /^.*short\.npy: --h-prev: 15 bytes of entries, expected 16/,
    );
    for (const [descr, length] of [
      ["|b1", 1],
      ["<c16", 16],
    ] as const) {
      const other = file(
        "other.npy",
        npy(`{'descr': '${descr}', 'fortran_order': False, 'shape': (1,), }`, new Uint8Array(length)),
      );
      expect((await errors(["--U-f", "1", "--h", `@${other}`]))[0]).toMatch(/other\.npy: --h-prev.*expected F64/);
    }
  });

  test("is told with its flag: not there, too large, no numbers, asked for twice", async () => {
    const csv = file("bad.csv", "1,2\n3,x\n");
    expect(await errors(["--U-f", "@nothing.csv"])).toEqual(["nothing.csv: --U-f: no such file"]);
    expect(await errors(["--U-f", "@"])).toEqual(["--U-f: @, expected the name of a file behind it"]);
    expect(await errors(["--U-f", `@${csv}`, "--h", "1 1/0"])).toEqual([
      `${csv}: --U-f[1][1]: x is not a number, expected one such as -0.5, 1e-3 or 1/3`,
      "--h-prev[1]: 1/0 is divided by zero, expected another denominator",
    ]);
    expect(await errors(["--U-f", `@${csv}`, "--max-bytes", "7"])).toEqual([
      `${csv}: --U-f: more than 7 bytes, expected at most as many as --max-bytes allows`,
    ]);
    const nan = file("nan.npy", npyOf("(1, 2)", [1, Number.NaN]));
    expect(await errors(["--U-f", `@${nan}`])).toEqual([`${nan}: --U-f[0][1]: NaN, expected a finite number`]);
    const cube = file("cube.npy", npyOf("(1, 1, 1)", [1]));
    expect(await errors(["--U-f", `@${cube}`])).toEqual([`${cube}: --U-f: an array of 3 axes, expected at most two`]);
    expect(await errors(["--U-f", "1", "-", "--h", "@-"])).toEqual([
      "--h-prev: standard input, which is the cell already",
    ]);
    expect(await errors(["--U-f", "@-", "--h", "@-"])).toEqual([
      "--h-prev: standard input, which is behind --U-f already",
    ]);
    expect(await errors(["check", "--U-f", "@-", "--answer", "-"])).toEqual([
      "--answer: standard input, which holds the cell or its state already",
    ]);
  });
});

describe("--x", () => {
  const sequence = ["--x", "1 2; 3 4"];
  const inputs = async (args: readonly string[]) => {
    const { x_t = null, x = null } = (await of(["convert", ...ALL, ...args])) as { x_t?: number[]; x?: number[][] };
    return x_t ?? x;
  };

  test("brackets and the axes of an array mean what they say; without, one row is x_t", async () => {
    const [row, one, two] = [
      [1, 2],
      [[1, 2]],
      [
        [1, 2],
        [3, 4],
      ],
    ];
    for (const text of [
      "[1,2]",
      "1 2",
      "1,2",
      "[1 2]",
      `@${file("x.csv", "1,2\n")}`,
      `@${file("x.npy", npyOf("(2,)", row))}`,
    ]) {
      expect(await inputs(["--x", text])).toEqual(row);
    }
    for (const text of ["[[1,2]]", "[[1 2]]", `@${file("one.npy", npyOf("(1, 2)", row))}`]) {
      expect(await inputs(["--x", text])).toEqual(one);
    }
    for (const text of ["[[1,2],[3,4]]", "1 2; 3 4", "[1 2; 3 4]", "1\t2\n3\t4", `@${file("two.csv", "1,2\n3,4\n")}`]) {
      expect(await inputs(["--x", text])).toEqual(two);
    }
    expect((await of(["forward", ...ALL, ...sequence, "--step", "2"])) as object).toHaveProperty("h_t");
  });

  test("in sequence one row without brackets is a sequence of one step", async () => {
    for (const text of ["1 2", "[[1,2]]", `@${file("step.csv", "1,2\n")}`]) {
      expect(await of(["sequence", ...ALL, "--x", text])).toHaveProperty("steps.length", 1);
    }
    expect(await errors(["sequence", ...ALL, "--x", "[1,2]"])).toEqual([
      "--x-t: x_t, expected a sequence [T × I]; show, forward and jacobian take one step",
    ]);
  });

  test("a sequence where one step is wanted is told of whoever gave it", async () => {
    const state = file("sequence.json", '{"x":[[1,2],[3,4]]}');
    const expected = "expected x_t: this command computes one step";
    const cell = "fixtures/zero-row.json";
    for (const source of [ALL, [cell]]) {
      const [ofFlag] = await errors(["forward", ...source, "--x", "[[1,2]]"]);
      expect(ofFlag).toContain(`--x-t: a sequence of 1 step, ${expected}`);
      expect(ofFlag).toMatch(/^--x-t/);
      const [ofState] = await errors(["forward", ...source, "--state", state]);
      expect(ofState).toContain(`${state}: x: a sequence of 2 steps, ${expected}`);
    }
  });

  test("is never transposed: a column is a sequence of I = 1", async () => {
    const narrow = GATES.flatMap((g) => [`--W-${g}`, "1", `--U-${g}`, "1"]);
    expect(await of(["sequence", ...narrow, "--x", "1; 2; 3"])).toHaveProperty("steps.length", 3);
    expect(await errors(["sequence", ...ALL, "--x", "1; 2; 3"])).toEqual([
      "--x-t: a column, which is a sequence of 3 steps with I = 1, expected rows of 2 (the input size); x_t is a row",
    ]);
  });

  test("a vector reads a row or a column; dh of one unit along a sequence has a row a step", async () => {
    for (const text of [
      "1 2",
      "1;2",
      "[1,2]",
      "[[1,2]]",
      "[[1],[2]]",
      "[1;2]",
      `@${file("h.npy", npyOf("(2, 1)", [1, 2]))}`,
    ]) {
      const cell = await of(["convert", ...U_F, "--h", text, "--c", text, "--b-f", text, "--dh", text]);
      expect(cell).toMatchObject({ h_prev: [1, 2], c_prev: [1, 2], b_f: [1, 2], dh_t: [1, 2] });
    }
    const narrow = GATES.flatMap((g) => [`--W-${g}`, "1", `--U-${g}`, "1"]);
    expect(await of(["convert", ...narrow, "--x", "1;2", "--dh", "3;4"])).toMatchObject({ dh_t: [[3], [4]] });
    expect(await of(["convert", ...ALL, ...sequence, "--dh", "3;4"])).toMatchObject({ dh_t: [3, 4] });
  });
});

describe("strict JSON stays strict in files", () => {
  test.each([
    ['{"U_f":[[1/2]]}', "column 11: 1/2 is a fraction, which JSON never has; expected it as a decimal, as 0.5 is 1/2"],
    ['{"U_f":[[1.5 / -2]]}', "column 14: 1.5/-2 is a fraction, which JSON never has"],
    ['{"U_f":[[\u22121]]}', "column 10: the minus sign U+2212; expected -, as JSON has it"],
    ['{"U_f":[[1e\u22125]]}', "column 12: the minus sign U+2212; expected -"],
    ['{"U_f":[[1\u20132]]}', "column 11: the dash U+2013; expected -"],
    ['{"U_f":[[1]]} // U_f', "column 15: a comment, which JSON never has"],
    ['{"U_f":[[1 /* a */]]}', "column 12: a comment, which JSON never has"],
  ])("%j", async (input, fault) => {
    const [line, ...more] = await errors([], input);
    expect(line).toContain(`stdin: line 1, ${fault}`);
    expect(more).toEqual([]);
  });
});
