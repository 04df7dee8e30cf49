/** Weights by names that lead out of branches and bodies, through calls of functions, into other files. */
import { describe, expect, test } from "vitest";
import { readWeights } from "../../../../../src/input/weights/read-file.ts";
import type { Weights } from "../../../../../src/input/weights/weights.ts";
import { byteSource, laterProblemOf, problemOf } from "../../../../helpers/byte-source.ts";
import {
  attribute,
  body,
  floats,
  given,
  inputs,
  int,
  integer,
  local,
  message,
  model,
  node,
  outputs,
  tensor,
  text,
  type Write,
} from "../../../../helpers/onnx-writer.ts";

const lstm = (name: string, ...names: readonly string[]) => node("LSTM", text(3, name), ...inputs("X", ...names));
const W = (...values: readonly number[]) => tensor(...floats("W", [values.length], values));
const read = (parts: readonly Write[], functions: readonly Write[] = []): Promise<Weights> =>
  readWeights(byteSource(model(parts, functions), "m.onnx"));
const found = async (parts: readonly Write[], functions?: readonly Write[]) =>
  (await read(parts, functions)).tensors.map(({ name, type, values }) => [name, type === "F32" ? [...values()] : type]);
/** A node of a function stands as its seventh field. */
const inFunction = (type: string, ...parts: readonly Write[]) => message(7, text(4, type), ...parts);

test.each(["If", "Loop", "Scan"])("a name in a graph of %s is that of the graph, or of one around it", async (type) => {
  const outer = node(type, body("then_branch", lstm("a", "W")), body("else_branch", lstm("b", "W"), W(2)));
  expect(await found([outer, W(1)])).toEqual([
    ["a.W", [1]],
    ["b.W", [2]],
  ]);
  const deep = node("If", body("then_branch", node(type, body("body", lstm("c", "W"), given("c_in")))));
  expect(await found([deep, W(3)])).toEqual([["c.W", [3]]]);
  expect(await found([node(type, body("body", lstm("d", "W"), given("W"))), W(4)])).toEqual([["d.W", "given"]]);
});

describe("a function of the model's own", () => {
  const call = (...names: readonly string[]) => node("Own", text(7, "my"), text(3, "call"), ...inputs(...names));
  const body = [text(4, "w"), text(5, "y"), inFunction("LSTM", text(3, "n"), ...inputs("x", "w"))];

  test("has the tensors that its call gives, and is told by number where it is called again", async () => {
    const parts = [call("V"), call("W"), W(1), tensor(...floats("V", [1], [2]))];
    expect(await found(parts, [local("my", "Own", ...body)])).toEqual([
      ["lstm_0.W", [2]],
      ["lstm_1.W", [1]],
    ]);
    expect(await found([call()], [local("my", "Own", ...body)])).toEqual([["n.W", "given"]]);
  });

  test("has no optional input where its call leaves it out, by no name or by none any more", async () => {
    const names = ["x", "w", "b"];
    const own = local(
      "my",
      "Own",
      ...names.map((name) => text(4, name)),
      inFunction("LSTM", text(3, "n"), ...inputs("x", "w", "w", "b")),
    );
    const kernels = [
      ["n.W", [1]],
      ["n.R", [1]],
    ];
    const calling = (...given: readonly string[]) => found([call(...given), W(1)], [own]);
    expect(await calling("X", "W")).toEqual(kernels);
    expect(await calling("X", "W", "")).toEqual(kernels);
    expect(await calling("X", "W", "W")).toEqual([...kernels, ["n.B", [1]]]);
    // the weights themselves are needed
    expect(await calling("X", "")).toEqual([
      ["n.W", "given"],
      ["n.R", "given"],
    ]);
  });

  test("gives what it computes, and takes attributes of its call or their defaults", async () => {
    const identity = inFunction("Identity", ...inputs("w"), ...outputs("y"));
    const computed = [call("W"), W(5)].with(0, node("Own", text(7, "my"), ...inputs("W"), ...outputs("V")));
    expect(
      await found([...computed, lstm("n", "V")], [local("my", "Own", text(4, "w"), text(5, "y"), identity)]),
    ).toEqual([["n.W", [5]]]);
    const sized = inFunction(
      "LSTM",
      text(3, "n"),
      ...inputs("x", "w"),
      message(5, text(1, "hidden_size"), text(21, "units")),
    );
    const own = local("my", "Own", text(4, "w"), sized, message(11, text(1, "units"), int(3, 7)));
    const sizes = async (...parts: Write[]) =>
      (await read([node("Own", text(7, "my"), ...inputs("W"), ...parts), W(1)], [own])).settings;
    expect(await sizes()).toContainEqual({ name: "n.hidden_size", value: 7 });
    expect(await sizes(integer("units", 9))).toContainEqual({ name: "n.hidden_size", value: 9 });
  });

  test("that calls itself, or runs more often than any model's, ends in one error", async () => {
    const calls = (count: number, name: string) => Array.from({ length: count }, () => inFunction(name, text(7, "my")));
    const itself = local("my", "Own", ...calls(1, "Own"));
    expect(await laterProblemOf(read([call()], [itself]))).toMatchObject({ code: "too-large", message: /64 deep/ });
    const twice = Array.from({ length: 30 }, (_, k) => local("my", `Own${k || ""}`, ...calls(2, `Own${k + 1}`)));
    expect(await laterProblemOf(read([call()], twice))).toMatchObject({ code: "too-large", message: /10000 graphs/ });
  });

  test("whose call gives what it is given leads nowhere", async () => {
    const round = local("my", "Own", text(4, "w"), text(5, "w"));
    const parts = [node("Own", text(7, "my"), ...inputs("V"), ...outputs("V")), lstm("n", "V")];
    expect(await found(parts, [round])).toEqual([["n.W", "given"]]);
  });
});

describe("a tensor in another file", () => {
  const entry = (key: string, value: string) => message(13, text(1, key), text(2, value));
  const outside = (entries: Record<string, string>) =>
    tensor(
      ...floats("W", [2], []).slice(0, 3),
      int(14, 1),
      ...Object.entries(entries).map(([key, value]) => entry(key, value)),
    );
  const data = new Uint8Array(Float32Array.of(1, 2, 3).buffer);
  const readBeside = (entries: Record<string, string>) => {
    const bytes = model([lstm("n", "W"), outside(entries)]);
    return readWeights(byteSource(bytes, "folder/m.onnx", { "w.data": data, "w/m.bin": data.subarray(0, 8) }));
  };

  test.each([
    [{ location: "w.data", offset: "4", length: "8" }, [2, 3]],
    [{ location: "w.data", offset: "0", length: "8", checksum: "none" }, [1, 2]],
    [{ location: "w.data", offset: "4" }, [2, 3]],
    [{ location: "w/m.bin" }, [1, 2]],
  ])("stands where it says: %j", async (entries, values) => {
    const { tensors } = await readBeside(entries as Record<string, string>);
    expect([...tensors[0].values()]).toEqual(values);
  });

  test.each([
    [
      { location: "w.data", offset: "8", length: "8" },
      /^its data ends at byte 16 of w\.data, which has 12: truncated\?$/,
    ],
    [{ location: "w.data", offset: "8" }, /^4 bytes of data in w\.data, expected the 8 of its shape$/],
    [{ location: "w.data", offset: "99" }, /^0 bytes of data/],
    [{ location: "w.data", length: "4" }, /^4 bytes of data in w\.data, expected the 8/],
    [{ location: "w.data", offset: "-4" }, /^the offset "-4" of its data, expected digits$/],
    [{ location: "w.data", length: "8.0" }, /^the length "8\.0"/],
    [{ location: "w.data", offset: "9999999999999999" }, /expected digits/],
    [{ location: "../w.data" }, /\.\./],
    [{ location: "m.onnx", length: "8" }, /^the model itself, expected another file/],
    [{ offset: "0" }, /^an empty name/],
    [{ location: "missing.data" }, /no such file/],
  ])("that is not there is refused: %j", async (entries, pattern) => {
    const problem = await laterProblemOf(readBeside(entries as Record<string, string>));
    expect(problem?.message).toMatch(pattern);
  });

  test("is not looked for where nothing is made of it", async () => {
    const elsewhere = tensor(...floats("other", [2], []).slice(0, 3), int(14, 1), entry("location", "/etc/passwd"));
    const { tensors } = await read([lstm("n", "W"), W(1), elsewhere]);
    expect(tensors).toHaveLength(1);
    const alone = await read([elsewhere]);
    expect(problemOf(() => alone.tensors[0].values())?.message).toMatch(/absolute name/);
  });
});

describe("a state that the model is given", () => {
  const shaped = (name: string, ...lengths: readonly number[]) =>
    message(11, text(1, name), message(2, message(1, message(2, ...lengths.map((one) => message(1, int(1, one)))))));
  const plain = [
    tensor(...floats("w", [1, 8, 1], new Array(8).fill(1))),
    tensor(...floats("r", [1, 8, 2], new Array(16).fill(1))),
  ];
  const withState = (width: number) =>
    read([
      node("LSTM", text(3, "n"), ...inputs("X", "w", "r", "", "", "h", "c"), attribute("hidden_size", int(3, 2))),
      ...plain,
      shaped("h", 1, 1, 2),
      shaped("c", 1, 1, width),
    ]);

  test("is none of the file, but tells a projected LSTM by its width", async () => {
    expect((await withState(2)).tensors.map(({ name }) => name)).toEqual(["n.W", "n.R"]);
    expect((await withState(5)).tensors.map(({ name, shape }) => [name, shape])).toContainEqual([
      "n.initial_c",
      [1, 1, 5],
    ]);
  });
});
