import { describe, expect, test } from "vitest";
import { parseCell } from "../../../../src/input/parse-cell.ts";
import type { Choice } from "../../../../src/input/weights/conventions/choices.ts";
import { CONVENTIONS } from "../../../../src/input/weights/conventions/convention.ts";
import { listCells } from "../../../../src/input/weights/conventions/list.ts";
import { exportCell, losesDirection } from "../../../../src/input/weights/export-cell.ts";
import { jsonWeights } from "../../../../src/input/weights/files/json-tensors.ts";
import { readJsonCell } from "../../../../src/input/weights/read-cell.ts";
import { model, storedAs } from "../../../helpers/conventions.ts";
import { fixture } from "../../../helpers/fixtures.ts";
import { plain } from "../../../helpers/goldens.ts";
import { problemsOf } from "../../../helpers/problems.ts";

const keras = storedAs(model(2, 3), "keras", "named");
const torch = storedAs(model(2, 3), "pytorch", "nn.LSTM");
const torchCell = storedAs(model(2, 3), "pytorch", "nn.LSTMCell in a module");
const flax = storedAs(model(2, 3), "flax", "nnx");
const tensorFlow = storedAs(model(2, 3), "tf-basic", "BasicLSTMCell");
const onnx = fixture("weights/onnx.json");
const native = fixture("weights/native.json");

const isReverse = (json: unknown, choice: Choice = {}) => readJsonCell(json, "w.json", choice).reverse;
const below = (prefix: string, choice: Choice = {}): Choice => ({ ...choice, prefix });

describe("a cell reads x from its last row to its first where", () => {
  test("its names are those of PyTorch's reverse half", () => {
    const both = { ...torch, ...renamed(torch, (name) => `${name}_reverse`) };
    expect([isReverse(both, { layer: 0 }), isReverse(both, { reverse: true })]).toEqual([false, true]);
    expect(isReverse(renamed(torch, (name) => `${name}_reverse`))).toBe(true);
  });

  test("ONNX says so by its attribute, or it is the second direction", () => {
    expect([isReverse(onnx), isReverse({ ...onnx, direction: "forward" })]).toEqual([false, false]);
    expect(isReverse({ ...onnx, direction: "reverse" })).toBe(true);
    const both = { ...fixture("weights/onnx-bidirectional.json"), direction: "bidirectional" };
    expect([isReverse(both, { layer: 0 }), isReverse(both, { reverse: true })]).toEqual([false, true]);
  });

  test("Keras or TensorFlow.js says so in the settings beside the weights", () => {
    for (const settings of [{ config: { go_backwards: true } }, { goBackwards: true }, { go_backwards: 1 }]) {
      expect(isReverse({ ...keras, ...settings }), JSON.stringify(settings)).toBe(true);
      const two = { a: { ...keras, ...settings }, b: keras };
      expect([isReverse(two, below("a")), isReverse(two, below("b"))], JSON.stringify(settings)).toEqual([true, false]);
    }
    for (const settings of [{ config: { go_backwards: false } }, { goBackwards: null }, { go_backwards: 0 }]) {
      expect(isReverse({ ...keras, ...settings }), JSON.stringify(settings)).toBe(false);
    }
  });

  test("it is the backward half of a wrapper", () => {
    const halves = { forward_lstm: { lstm_cell: keras }, backward_lstm: { lstm_cell: keras } };
    expect(isReverse(halves, below("forward_lstm"))).toBe(false);
    expect(isReverse(halves, below("backward_lstm"))).toBe(true);
    expect(isReverse(halves, { reverse: true })).toBe(true);
    const rnn = { forward_rnn: { cell: flax }, backward_rnn: { cell: flax } };
    expect([isReverse(rnn, below("forward_rnn")), isReverse(rnn, below("backward_rnn"))]).toEqual([false, true]);
    const scopes = Object.fromEntries(["fw", "bw"].map((key) => [`bidirectional_rnn/${key}`, tensorFlow]));
    expect(["fw", "bw"].map((key) => isReverse(scopes, below(`bidirectional_rnn/${key}`)))).toEqual([false, true]);
    // a module of that name is no wrapper: whoever wrote it turns x round, or not
    expect(isReverse({ backward_lstm: torch })).toBe(false);
  });

  test("a wrapper turns round a layer that goes backwards: its forward half does, the other does not", () => {
    const config = { layer: { class_name: "LSTM", config: { go_backwards: true } } };
    const file = { both: { config, forward_lstm: keras, backward_lstm: keras } };
    expect(["forward_lstm", "backward_lstm"].map((name) => isReverse(file, below(`both.${name}`)))).toEqual([
      true,
      false,
    ]);
    const own = { forward_lstm: keras, backward_lstm: { ...keras, config: { go_backwards: true } } };
    expect(isReverse(own, below("backward_lstm"))).toBe(true);
  });

  test("the native key says so, at the cell or beside foreign weights as the state does", () => {
    expect([isReverse(native), isReverse({ ...native, reverse: true })]).toEqual([false, true]);
    expect(isReverse({ model: { ...native, reverse: true } })).toBe(true);
    expect(isReverse({ ...torchCell, reverse: true })).toBe(true);
  });

  test("and what is neither true nor false is an error", () => {
    expect(problemsOf(() => isReverse({ ...keras, go_backwards: "yes" }))).toEqual([
      'shape w.json: go_backwards: the text "yes", expected true or false',
    ]);
    expect(problemsOf(() => isReverse({ ...native, reverse: 1 }))).toEqual([
      "shape w.json: reverse: 1, expected true or false",
    ]);
  });
});

test("the list of a file's cells tells the direction of each", () => {
  const file = { a: { ...keras, goBackwards: true }, b: keras, backward_lstm: keras };
  const cells = listCells(jsonWeights(file, "w.json"));
  expect(cells.map(({ prefix, reverse, flags }) => [prefix, reverse, flags])).toEqual([
    ["a", true, "--prefix a"],
    ["b", false, "--prefix b"],
    ["backward_lstm", true, "--prefix backward_lstm"],
  ]);
});

test("--reverse on a native cell is an error that names the key", () => {
  const message = 'no such cell, expected no --reverse: a native cell says it itself, by its key "reverse": true';
  for (const json of [native, { ...native, reverse: true }]) {
    expect(problemsOf(() => isReverse(json, { reverse: true }))).toEqual([`missing w.json: --reverse: ${message}`]);
  }
  expect(problemsOf(() => isReverse({ a: native }, below("a", { reverse: true })))).toEqual([
    `missing w.json: --prefix a --reverse: ${message}`,
  ]);
});

describe("a reverse cell that is written", () => {
  const cell = parseCell({ ...native, reverse: true });
  test.each(CONVENTIONS)("as %s says so, or is known not to", (convention) => {
    const exported = plain(exportCell(cell, convention));
    const from = convention === "native" ? undefined : convention;
    const back = readJsonCell(exported, null, { from, recurrentActivation: "sigmoid" });
    expect(back.gates).toEqual(cell.gates);
    expect(back.reverse).toBe(!losesDirection(cell, convention));
    expect(losesDirection({ ...cell, reverse: false }, convention)).toBe(false);
  });

  test("natively, in ONNX and by PyTorch's and MXNet's names it is told", () => {
    expect(CONVENTIONS.filter((convention) => !losesDirection(cell, convention))).toEqual([
      "native",
      "pytorch",
      "onnx",
      "mxnet",
    ]);
    expect(plain(exportCell(cell, "onnx"))).toMatchObject({ direction: "reverse" });
    expect(plain(exportCell({ ...cell, reverse: false }, "onnx"))).not.toHaveProperty("direction");
    expect(plain(exportCell({ ...cell, reverse: false }, "native"))).not.toHaveProperty("reverse");
  });
});

function renamed(json: Record<string, unknown>, rename: (name: string) => string) {
  return Object.fromEntries(Object.entries(json).map(([name, value]) => [rename(name), value]));
}
