import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { CONVENTIONS } from "../../src/input/weights/conventions/convention.ts";
import { fixture } from "../helpers/fixtures.ts";
import { weightListSchema } from "../helpers/result-schemas.ts";
import { bash, resultOf, run, runMain, temporaryFolder } from "../helpers/run.ts";

const WEIGHTS = "fixtures/weights";
const folder = temporaryFolder();
const native = fixture("weights/native.json");
const list = (args: readonly string[]) => weightListSchema.parse(resultOf(["convert", "--list", "--json", ...args]));

describe("dlstm convert", () => {
  test("writes the native cell, which reads back as it is", () => {
    const { name: _, ...weights } = native;
    expect(resultOf(["convert", `${WEIGHTS}/keras-named.json`, "-q"])).toEqual(weights);
    expect(resultOf(["convert", `${WEIGHTS}/native.json`])).toEqual(native);
    const { stdout } = run(["convert", "fixtures/sequence.json"]);
    expect(JSON.parse(stdout)).toEqual(fixture("sequence.json"));
    expect(run(["convert"], { input: stdout }).stdout).toBe(stdout);
  });

  test("keeps the state that flags and files give", () => {
    const state = fixture("weights/state.json");
    expect(resultOf(["convert", `${WEIGHTS}/onnx.onnx`, "--state", `${WEIGHTS}/state.json`])).toMatchObject(state);
    expect(resultOf(["convert", `${WEIGHTS}/onnx.onnx`, "--h", "[1,2,3]"])).toMatchObject({ h_prev: [1, 2, 3] });
  });

  test.each(CONVENTIONS)("to %s and back is the identity", (convention) => {
    const { name: _, ...weights } = native;
    const flag = convention === "tfjs" ? "--recurrent-activation sigmoid" : "";
    const script = `dlstm convert ${WEIGHTS}/native.json --to ${convention} | dlstm convert --from ${convention} ${flag}`;
    const { stdout, stderr, status } = bash(script);
    const note = {
      tfjs: /^dlstm: .*--from tfjs --recurrent-activation sigmoid\n$/,
      keras: /^dlstm: stdin: .*sigmoid.*\n$/,
    };
    expect(stderr).toMatch(Object.hasOwn(note, convention) ? note[convention as keyof typeof note] : /^$/);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual(convention === "native" ? native : weights);
  });

  test.each([
    ["pytorch", ["weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0"], "pytorch-cell.json"],
    ["keras", ["kernel", "recurrent_kernel", "bias"], "keras-named.json"],
    ["onnx", ["W", "R", "B"], "onnx.json"],
    ["equinox", ["weight_ih", "weight_hh", "bias"], "equinox.json"],
    ["cs231n", ["Wx", "Wh", "b"], "cs231n.json"],
  ])("to %s has the framework's names and numbers", (convention, names, file) => {
    const written = resultOf(["convert", `${WEIGHTS}/native.json`, "--to", convention]) as Record<string, unknown>;
    expect(Object.keys(written)).toEqual(names);
    // the framework's own kernels; how a sum is split into two biases is nobody's to know
    const theirs = JSON.stringify(fixture(`weights/${file}`));
    for (const kernel of Object.values(written).slice(0, 2)) expect(theirs).toContain(JSON.stringify(kernel));
  });

  test.each(CONVENTIONS)("to %s, -o writes safetensors and npz that read back", async (convention) => {
    const { name: _, ...weights } = native;
    const flags = convention === "tfjs" ? ["--recurrent-activation", "sigmoid"] : [];
    // safetensors: 8 bytes of length, then the header
    for (const [kind, start, magic] of [
      ["safetensors", 8, "{"],
      ["npz", 0, "PK\x03\x04"],
    ] as const) {
      const path = join(folder, `${convention}.${kind}`);
      const { status } = await runMain(["convert", `${WEIGHTS}/native.json`, "--to", convention, "-q", "-o", path]);
      expect(status).toBe(0);
      expect(readFileSync(path, "latin1").slice(start, start + magic.length)).toBe(magic);
      const { stdout } = await runMain(["convert", path, "--from", convention, ...flags, "-q"]);
      expect(JSON.parse(stdout)).toEqual(weights);
    }
  });

  test("safetensors of a reverse cell say it by PyTorch's names, or a note says that they do not", async () => {
    for (const [to, noted] of [
      ["pytorch", false],
      ["mxnet", false],
      ["onnx", true],
      ["native", true],
      ["keras", true],
    ] as const) {
      const path = join(folder, `reverse-${to}.safetensors`);
      const { stderr } = await runMain(["convert", "fixtures/reverse.json", "--to", to, "-o", path]);
      expect(stderr !== "", to).toBe(noted);
    }
  });

  test("--json goes before the ending of -o", async () => {
    const path = join(folder, "json.safetensors");
    expect((await runMain(["convert", `${WEIGHTS}/native.json`, "--json", "-o", path])).status).toBe(0);
    expect(JSON.parse(readFileSync(path, "utf8"))).toEqual(native);
  });

  test("-o writes a file that reads back", () => {
    const path = join(folder, "keras.json");
    expect(run(["convert", `${WEIGHTS}/native.json`, "--to", "keras", "-o", path]).status).toBe(0);
    const { name: _, ...weights } = native;
    expect(JSON.parse(readFileSync(path, "utf8"))).toHaveProperty("recurrent_kernel");
    expect(resultOf(["convert", path, "-q"])).toEqual(weights);
  });

  test.each([
    [
      ["fixtures/forget-gate-only.json", "--to", "keras"],
      /^dlstm: fixtures\/forget-gate-only\.json: W_f: missing, but needed for keras, which stores all four gates$/m,
    ],
    [
      [`${WEIGHTS}/native.json`, "--to", "caffe"],
      /^dlstm: --to: caffe, expected one of native, pytorch, keras, .* graves$/m,
    ],
    [[`${WEIGHTS}/native.json`, "--format", "table"], /^dlstm: --format: table, expected json/],
    [[`${WEIGHTS}/native.json`, "--digits", "3"], /^dlstm: --digits: only with --list: a cell is written with all of/],
    [[`${WEIGHTS}/native.json`, "--full"], /^dlstm: --full: only with --list/],
    [["--list", `${WEIGHTS}/native.json`, "--to", "keras"], /^dlstm: --list: .*cannot be used with option '--to/],
    [["--list", `${WEIGHTS}/native.json`, "--h", "[1]"], /^dlstm: --list: .*cannot be used with option '--h/],
    [[`${WEIGHTS}/pytorch-lstm.json`], /: 4 cells, expected one of them: --layer 0, /],
    [[`${WEIGHTS}/refused/pickle.npz`], /pickle\.npz: parameters: Python objects, a pickle, which is never loaded/],
  ])("%j is an error", (args, message) => {
    const { stdout, stderr, status } = run(["convert", ...args]);
    expect([stdout, status]).toEqual(["", 2]);
    expect(stderr).toMatch(message);
  });

  test("without a file, on a terminal, is help and exit 2", async () => {
    const { stdout, stderr, status } = await runMain(["convert"], { interactive: true, columns: 80 });
    expect([stdout, status]).toEqual(["", 2]);
    expect(stderr).toContain("Usage: dlstm convert ");
  });
});

describe("dlstm convert --list", () => {
  const path = `${WEIGHTS}/pytorch.safetensors`;

  test("has the tensors of a file, and its cells with the flags that choose them", () => {
    const { tensors, cells } = list([path]);
    expect(tensors).toContainEqual({ name: "encoder.lstm.weight_ih_l1_reverse", shape: [12, 6], type: "F64" });
    expect(cells.map(({ flags }) => flags)).toEqual([
      "--layer 0",
      "--layer 0 --reverse",
      "--layer 1",
      "--layer 1 --reverse",
    ]);
    expect(cells[3]).toMatchObject({ prefix: "encoder.lstm", layer: 1, reverse: true, hidden_size: 3, input_size: 6 });
    for (const { flags } of cells) expect(run(["convert", path, ...flags.split(" ")]).status).toBe(0);
  });

  test.each([
    ["keras-get-weights.npz", { conventions: ["keras", "tfjs"], needs_from: true, layer: null }],
    ["tf-basic.json", { conventions: ["tf-basic"], needs_from: false, prefix: "rnn/basic_lstm_cell" }],
    ["onnx.onnx", { conventions: ["onnx"], needs_from: false, flags: "" }],
    ["native.json", { conventions: ["native"], needs_from: false, flags: "" }],
  ])("of %s tells how it can be read", (file, cell) => {
    expect(list([`${WEIGHTS}/${file}`]).cells).toEqual([expect.objectContaining(cell)]);
  });

  test("lists the cells that --from and the other flags leave", () => {
    const bare = `${WEIGHTS}/keras-get-weights.npz`;
    expect(list([bare, "--from", "keras"]).cells).toMatchObject([{ conventions: ["keras"], needs_from: false }]);
    expect(list([bare, "--from", "onnx"]).cells).toEqual([]);
    expect(list([path, "--layer", "1"]).cells).toMatchObject([{ layer: 1, reverse: false, flags: "--layer 1" }]);
    expect(run(["convert", "--list", path, "--digits", "3", "--full"]).status).toBe(0);
  });

  test("tells in the table which cells commands refuse, and why", () => {
    const refused = join(folder, "refused.json");
    const { W, R, B } = fixture<Record<string, unknown>>("weights/onnx.json");
    writeFileSync(refused, JSON.stringify({ a: { W, R, B }, b: { W, R, B, P: [[1, 2, 3]] } }));
    const { stdout, stderr } = run(["convert", "--list", refused]);
    expect(stderr).toBe("");
    expect(stdout).toMatch(/^--prefix a +onnx +3 +2$/m);
    expect(stdout).toMatch(/^--prefix b +onnx +3 +2 +yes$/m);
    expect(stdout).toMatch(/^--prefix b: refused, b\.P: peephole weights, through which the gates see c;\n/m);
    expect(stdout.split("\n").filter((line) => [...line].length > 80)).toEqual([]);
  });

  test("of a file without a cell lists its tensors", () => {
    const { tensors, cells } = list([`${WEIGHTS}/kernel.npy`]);
    expect([tensors, cells]).toEqual([[{ name: "kernel", shape: [2, 12], type: "F64" }], []]);
    expect(run(["convert", "--list", `${WEIGHTS}/kernel.npy`]).stdout).toMatch(/^no LSTM cell that is known/m);
  });

  test.each([path, `${WEIGHTS}/keras-paths.json`, `${WEIGHTS}/tf-basic.json`, `${WEIGHTS}/flax-nnx.json`])(
    "of %s is a table of at most 80 columns",
    (file) => {
      const { stdout, stderr } = run(["convert", "--list", file]);
      expect(stderr).toBe("");
      expect(stdout.split("\n").filter((line) => [...line].length > 80)).toEqual([]);
      for (const { name, shape } of list([file]).tensors) {
        expect(stdout).toMatch(new RegExp(`^${name}.*${shape.join(" × ")}$`, "m"));
      }
    },
  );

  test("makes hostile names visible, and keeps them within the table", () => {
    const hostile = join(folder, "hostile.json");
    const name = `\x1b]0;title\x07\u202e\u009b\u00ad\u{e0041}\n${"long ".repeat(40)}`;
    writeFileSync(hostile, JSON.stringify({ [name]: [1], [`${name}.kernel`]: [[1]] }));
    const { stdout } = run(["convert", "--list", hostile]);
    expect([...stdout].filter((c) => c !== "\n" && /[\p{Cc}\p{Cf}]/u.test(c))).toEqual([]);
    expect(stdout.split("\n").filter((line) => [...line].length > 120)).toEqual([]);
    expect(list([hostile]).tensors[0]!.name).toBe(name);
    const json = run(["convert", "--list", "--json", hostile]).stdout;
    expect(json.trimEnd()).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });
});
