import { describe, expect, test } from "vitest";
import { CONVENTIONS } from "../../src/input/weights/conventions/convention.ts";
import { expectedKinds } from "../../src/input/weights/files/kind-table.ts";
import { fixtureText } from "../helpers/fixtures.ts";
import { errorSchema } from "../helpers/result-schemas.ts";
import { run, runMain } from "../helpers/run.ts";

const CELL = "fixtures/homework6.json";
const UNITS = "the units of this cell";
const WHOLE = "expected a whole number";
const TINY = "a number that is not zero but nearer to it than any double, ±5e-324, expected a finite number";
const HUGE = "a number beyond the range of a double, ±1.7976931348623157e308";
const NO_NUMBER = "is not a number, expected one such as -0.5, 1e-3 or 1/3";
const OUTPUTS = "f, i, o, u, c_t, tanh_c_t, h_t";

/** Arguments, the line that they give behind `dlstm: `, and its code if not usage. */
const USAGE: [args: string, line: string, code?: string][] = [
  ["shwo", "shwo: neither a command nor a file, expected one; the nearest command is show"],
  [`jacobain ${CELL}`, "jacobain: neither a command nor a file, expected one; the nearest command is jacobian"],
  ["homework", "homework: neither a command nor a file, expected one; dlstm explain homework derives it"],
  ["-q shwo", "shwo: neither a command nor a file, expected one; the nearest command is show"],
  ["nonsense", "nonsense: neither a command nor a file, expected one; --help lists the commands"],
  [
    "LICENSE",
    `LICENSE: line 1, column 1: MIT is not a JSON value; text stands in double quotes; ${expectedKinds()}`,
    "syntax",
  ],
  ["nothing.json", "nothing.json: no such file", "not-found"],
  ["show nothing", "nothing: no such file", "not-found"],
  [`show ${CELL} --state nothing.json`, "nothing.json: no such file", "not-found"],
  ["fixtures", "fixtures: a directory, expected a file", "io"],
  [`show ${CELL}/cell`, `${CELL}/cell: a part of the path is not a directory`, "io"],
  [`show ${CELL} --wat`, "--wat: unknown option '--wat'; --help says what is expected"],
  [`jacobian ${CELL} --of`, "--of: option '--of <list>' argument missing; --help says what is expected"],
  [`jacobian ${CELL} --of f,z`, `--of: z, expected a list of ${OUTPUTS}`],
  [`jacobian ${CELL} --of f,`, `--of: nothing, expected a list of ${OUTPUTS}`],
  [`jacobian ${CELL} --of __proto__`, `--of: __proto__, expected a list of ${OUTPUTS}`],
  [
    `jacobian ${CELL} --wrt x`,
    "--wrt: x, expected a list of h_prev, c_prev, x_t, W_f, W_i, W_o, W_u, U_f, U_i, U_o, U_u, b_f, b_i, b_o, b_u; the nearest is x_t",
  ],
  [`jacobian ${CELL} --of h`, `--of: h, expected a list of ${OUTPUTS}; the nearest is h_t`],
  [`jacobian ${CELL} --of f,h_t,c_tt`, `--of: c_tt, expected a list of ${OUTPUTS}; the nearest is c_t`],
  [
    `jacobian ${CELL} --wrt h_{t-1}`,
    "--wrt: h_{t-1}, expected a list of h_prev, c_prev, x_t, W_f, W_i, W_o, W_u, U_f, U_i, U_o, U_u, b_f, b_i, b_o, b_u; the nearest is h_prev",
  ],
  [
    `jacobian ${CELL} --wrt f_t`,
    "--wrt: f_t, expected a list of h_prev, c_prev, x_t, W_f, W_i, W_o, W_u, U_f, U_i, U_o, U_u, b_f, b_i, b_o, b_u",
  ],
  [`optimum ${CELL} --gate forget`, "--gate: forget, expected a list of f, i, o, u; the nearest is f"],
  [`optimum ${CELL} --gate f,candidate`, "--gate: candidate, expected a list of f, i, o, u; the nearest is u"],
  [
    `optimum ${CELL} --minimise`,
    "--minimise: unknown option '--minimise'; the nearest is --minimize; --help says what is expected",
  ],
  [
    `optimum ${CELL} --nrom 1`,
    "--nrom: unknown option '--nrom'; the nearest are --from, --norm; --help says what is expected",
  ],
  [`optimum ${CELL} --norm infty`, "--norm: infty, expected one of 1, 2, inf; the nearest is inf"],
  [
    `show ${CELL} --format tex`,
    "--format: tex, expected one of table, json, csv, markdown, latex; the nearest is latex",
  ],
  [
    `show ${CELL} --format md`,
    "--format: md, expected one of table, json, csv, markdown, latex; the nearest is markdown",
  ],
  [`convert ${CELL} --to torch`, `--to: torch, expected one of ${CONVENTIONS.join(", ")}; the nearest is pytorch`],
  [
    `convert ${CELL} --names V_f=a`,
    "--names: V_f=a, expected a role and a tensor, such as W=kernel: one of W, U, b, xh, hx, W_f, U_f, b_f, …; the nearest is U_f",
  ],
  ["completion bsh", "shell: bsh, expected one of bash, zsh, fish; the nearest is bash"],
  [
    "schema cel",
    `cel: no such schema, expected one of cell, state, answer, result, ${CONVENTIONS.join(", ")}; the nearest is cell`,
  ],
  [
    `grade ${CELL} ${CELL} --require h_t,gate.f`,
    '--require: "gate.f" is no quantity, expected a path such as gates.f, h_t or jacobian.f.h_prev; the nearest is gates.f',
  ],
  [`optimum ${CELL} --gate c`, "--gate: c, expected a list of f, i, o, u; the nearest is u"],
  [`optimum ${CELL} --unit a`, `--unit: a, ${WHOLE} at least 0`],
  [`optimum ${CELL} --unit -1`, `--unit: -1, ${WHOLE} at least 0`],
  [`optimum ${CELL} --unit 0,2`, `${CELL}: --unit: 2, expected 0 … 1, ${UNITS}`],
  [`optimum ${CELL} --norm 3`, "--norm: 3, expected one of 1, 2, inf"],
  [`show ${CELL} --format wat`, "--format: wat, expected one of table, json, csv, markdown, latex"],
  [`show ${CELL} --format=`, "--format: nothing, expected one of table, json, csv, markdown, latex"],
  [`show ${CELL} --from wat`, `--from: wat, expected one of ${CONVENTIONS.join(", ")}`],
  [`show ${CELL} --digits 0`, `--digits: 0, ${WHOLE} from 1 to 17`],
  [`show ${CELL} --digits 18`, `--digits: 18, ${WHOLE} from 1 to 17`],
  [`show ${CELL} --digits 3.5`, `--digits: 3.5, ${WHOLE} from 1 to 17`],
  [`show ${CELL} --max-bytes 0`, `--max-bytes: 0, ${WHOLE} at least 1`],
  [
    `show ${CELL} --max-bytes 100`,
    `${CELL}: more than 100 bytes, expected at most as many as --max-bytes allows`,
    "too-large",
  ],
  [`show ${CELL} --x [1,2]`, "--x-t: 2 numbers, expected 3 (the input size)", "shape"],
  [`show ${CELL} --x null`, `--x-t[0]: null ${NO_NUMBER}`, "not-a-number"],
  [`show ${CELL} --h [1,-1e-400]`, `--h-prev[1]: -1e-400 is ${TINY}`, "not-a-number"],
  [`sigmoid 0 1e-400`, `z: 1e-400 is ${TINY}`, "not-a-number"],
  [`grade ${CELL} ${CELL} --rtol 1e-400`, "--rtol: 1e-400, expected a number from 0 up to 1"],
  [`show ${CELL} --h [1e999,2]`, `--h-prev[0]: 1e999 is ${HUGE}, expected a finite number`, "not-a-number"],
  [`show ${CELL} --c ["a",2]`, `--c-prev[0]: "a" ${NO_NUMBER}`, "not-a-number"],
  [
    `show ${CELL} --c [1,`,
    "--c-prev: brackets that do not match, expected rows such as [[0.5,-1.2],[1.5,0.8]]",
    "syntax",
  ],
  [`show ${CELL} --step 1`, `${CELL}: --step: the cell has no sequence x, expected one`],
  ["show --state - -", "--state: standard input, which is the cell already"],
];

describe("bad usage", () => {
  test.each(USAGE)("dlstm %s", async (args, line, code = "usage") => {
    expect(await runMain(args.split(" "))).toEqual({ stdout: "", stderr: `dlstm: ${line}\n`, status: 2 });
    const asJson = await runMain([...args.split(" "), "--json"]);
    expect(asJson.status).toBe(2);
    expect(errorSchema.parse(JSON.parse(asJson.stderr)).error.code).toBe(code);
  });

  test.each([
    ["jacobian --of f_t,g,h_t", "jacobian --of f,u,h_t"],
    ["jacobian --of g_t,u_t,i_t,o_t", "jacobian --of i,o,u"],
    ["optimum --gate f_t", "optimum --gate f"],
    ["optimum --gate o_t,g", "optimum --gate o,u"],
  ])("takes %s, as equations write it, for %s", (written, meant) => {
    const [asWritten, asMeant] = [written, meant].map((args) => run([...args.split(" "), CELL, "--json"]));
    expect(asWritten).toEqual({ ...asMeant, stderr: "", status: 0 });
  });

  test("refuses a second file", () => {
    expect(run(["report", CELL, CELL])).toMatchObject({ stdout: "", status: 2 });
  });

  test("says that standard input is empty", () => {
    const line = "dlstm: stdin: line 1, column 1: empty, expected a JSON object\n";
    expect(run(["forward"])).toEqual({ stdout: "", stderr: line, status: 2 });
  });

  test("holds --max-bytes against standard input and --state too, and reads what it allows", () => {
    const input = fixtureText("homework6.json");
    const limit = ["--max-bytes", String(Buffer.byteLength(input) - 1)];
    expect(run(["show", ...limit], { input })).toMatchObject({ stdout: "", status: 2 });
    expect(run(["show", "--state", CELL, ...limit], { input: '{"U_f":[[1]]}' }).stderr).toContain(`${CELL}: more than`);
    expect(run(["show", "--max-bytes", String(Buffer.byteLength(input))], { input }).status).toBe(0);
  });

  test("reports ten of a million problems and counts the rest, within seconds", () => {
    const row = `[${Array(1000).fill('"x"').join()}]`;
    const input = `{"U_f":[${Array(1000).fill(row).join()}]}`;
    const { stdout, stderr, status } = run([], { input });
    expect([stdout, status]).toEqual(["", 2]);
    const lines = stderr.trimEnd().split("\n");
    expect(lines).toHaveLength(11);
    expect(lines[9]).toBe('dlstm: stdin: U_f[0][9]: the text "x", expected a finite number');
    expect(lines[10]).toMatch(/^dlstm: .*\b999990\b/);
    const { more, count } = errorSchema.parse(JSON.parse(run(["--json"], { input }).stderr));
    expect([more.length, count]).toEqual([9, 1_000_000]);
  });

  test("counts a single problem more in the singular", () => {
    const { stderr } = run([], { input: JSON.stringify({ W_f: [Array(11).fill("x")] }) });
    const lines = stderr.trimEnd().split("\n");
    expect([lines.length, lines[10]]).toEqual([11, "dlstm: and 1 more problem"]);
  });

  test("spells out control and bidirectional characters of a name, a file and an option", async () => {
    const hostile = "\u001b[31m\u0007\u202e\r";
    const input = JSON.stringify({ name: `${hostile}\n`, U_f: [[1]] });
    const terminal = { columns: 80, env: { LANG: "C.UTF-8" } };
    const outcomes = [
      await runMain([], { input, ...terminal }),
      await runMain([], { input }),
      await runMain([`${hostile}.json`], terminal),
      await runMain([hostile], terminal),
      await runMain(["jacobian", CELL, "--of", hostile], terminal),
      await runMain([`--${hostile}`], terminal),
      await runMain(["sigmoid", hostile, "--json"], terminal),
    ];
    for (const { stdout, stderr } of outcomes) {
      expect(stdout + stderr).toContain("x1b[31m");
      for (const character of "\u001b\u0007\u202e\r") expect(stdout + stderr).not.toContain(character);
    }
    expect(outcomes[0]!.stdout.split("\n")[0]).toBe("\\x1b[31m\\x07\\u202e\\x0d\\x0a (hidden size 1)");
  });

  test("prints no stack, also for keys and options that shadow what objects have", async () => {
    for (const args of [["__proto__"], ["constructor"], ["schema", "__proto__"], ["show", CELL, "--constructor"]]) {
      const { stderr, status } = await runMain(args);
      expect([status, stderr.split("\n").length]).toEqual([2, 2]);
    }
    const input = '{"constructor":[[1]],"toString":1,"U_f":[[1]]}';
    expect((await runMain([], { input })).stderr.match(/unknown key/g)).toHaveLength(2);
  });
});
