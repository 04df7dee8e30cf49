import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseCell } from "../../../src/input/parse-cell.ts";
import { CONVENTIONS } from "../../../src/input/weights/conventions/convention.ts";
import { LAYOUTS } from "../../../src/input/weights/conventions/convention-table.ts";
import { listCells } from "../../../src/input/weights/conventions/list.ts";
import { nameOfRow } from "../../../src/input/weights/conventions/row-names.ts";
import { jsonWeights } from "../../../src/input/weights/files/json-tensors.ts";
import { cellFromWeights, readJsonCell } from "../../../src/input/weights/read-cell.ts";
import { model, storedAs, storedModels } from "../../helpers/conventions.ts";
import { problemsOf } from "../../helpers/problems.ts";

const native = model(2, 3);
const keras = storedAs(native, "keras", "named");
const tensorFlow = storedAs(native, "tf-basic", "BasicLSTMCell under no name");
const state = { x_t: [1, 2, 3], h_prev: [0.5, -0.5], c_prev: [4, 5], dh_t: [1, 0], dc_t: [0, 1] };

const SIGMOID = { recurrentActivation: "sigmoid" } as const;

describe("readJsonCell", () => {
  test("leaves JSON with native weights native, with what is wrong with it", () => {
    expect(readJsonCell({ ...native, ...state })).toEqual(parseCell({ ...native, ...state }));
    expect(problemsOf(() => readJsonCell({ ...native, kernel: [[1]] }, "cell.json"))).toEqual([
      expect.stringMatching(/^unknown-key cell\.json: kernel: unknown key, expected a key of the native cell/),
    ]);
  });

  test.each([
    ["a state without weights", state, /^missing cell\.json: U_f: missing, expected at least one of U_f/],
    ["a misspelt key", { Uf: [[1]] }, /^unknown-key cell\.json: Uf: unknown key.* the nearest is U_f/],
    ["an empty object", {}, /^missing cell\.json: U_f/],
    [
      "a matrix",
      [
        [1, 2],
        [3, 4],
      ],
      /^shape cell\.json: an array, expected a JSON object/,
    ],
    ["text", "U_f", /^shape cell\.json: the text "U_f", expected a JSON object/],
  ])("tells of %s as of a native cell", (_, json, problem) => {
    expect(problemsOf(() => readJsonCell(json, "cell.json"))[0]).toMatch(problem);
  });

  test("tells JSON that resembles no cell at all in one sentence", () => {
    const json = {
      name: "a package",
      version: "1.0.0",
      main: "index.js",
      bin: { a: "b" },
      keywords: ["LSTM"],
      private: true,
    };
    expect(problemsOf(() => readJsonCell(json, "package.json"))).toEqual([
      expect.stringMatching(/^missing package\.json: no tensors; expected the names of one of native, pytorch, /),
    ]);
    expect(problemsOf(() => readJsonCell({ ...json, bias: 1 }, "package.json"))).toEqual([
      expect.stringMatching(
        /^missing package\.json: no LSTM cell among bias \[\]; expected the names of one of native, /,
      ),
    ]);
  });

  test("reads a partial native cell under other keys", () => {
    const cell = readJsonCell({
      model: {
        U_f: [
          [1, 2],
          [3, 4],
        ],
        b_f: [5, 6],
      },
    });
    expect(cell).toEqual(
      parseCell({
        U_f: [
          [1, 2],
          [3, 4],
        ],
        b_f: [5, 6],
      }),
    );
    expect(problemsOf(() => readJsonCell({ model: { U_f: [[1]] }, x_t: [1] }, "cell.json"))).toEqual([
      "missing cell.json: W_f: missing, expected it beside U_f, because x_t is given",
    ]);
  });

  test("takes state and name from beside foreign weights", () => {
    expect(readJsonCell({ ...keras, ...state, name: "encoder" }, null, SIGMOID)).toEqual(
      parseCell({ ...native, ...state, name: "encoder" }),
    );
    const sequence = {
      x: [
        [1, 2, 3],
        [4, 5, 6],
      ],
      dh_t: [
        [1, 0],
        [0, 1],
      ],
    };
    expect(readJsonCell({ encoder: keras, ...sequence }, null, SIGMOID)).toEqual(parseCell({ ...native, ...sequence }));
  });

  test("puts the state of a file before that, and the state of flags before both", () => {
    const overrides = {
      stateFile: { json: { h_prev: [5, 6], x: [[1, 2, 3]] }, file: "state.json" },
      flags: [{ key: "h_prev" as const, source: { value: [7, 8], file: null, place: "--h-prev" } }],
    };
    const cell = readJsonCell({ ...keras, ...state }, null, {}, overrides);
    expect([cell.state.x_t, cell.x?.rows, cell.state.h_prev]).toEqual([null, 1, Float64Array.of(7, 8)]);
    expect(cell.state.c_prev).toEqual(Float64Array.of(4, 5));
  });

  test.each([
    ["x beside x_t", { x_t: [1, 2, 3], x: [[1, 2, 3]] }, "ambiguous w.json: x: given beside x_t, expected one of them"],
    ["an input of another length", { x_t: [1] }, "shape w.json: x_t: 1 number, expected 3 (the input size)"],
    ["a state of another length", { h_prev: [1] }, "shape w.json: h_prev: 1 number, expected 2 (the hidden size)"],
    [
      "a matrix for a state",
      { c_prev: [[1], [2]] },
      "not-a-number w.json: c_prev[0]: an array, expected a finite number",
    ],
    ["null for a state", { c_prev: null }, "shape w.json: c_prev: null, expected an array"],
    ["a number for a state", { c_prev: 1 }, "shape w.json: c_prev: a single number, expected an array"],
    ["text in a state", { c_prev: [1, "2"] }, 'not-a-number w.json: c_prev[1]: the text "2", expected a finite number'],
  ])("refuses %s", (_, extra, problem) => {
    expect(problemsOf(() => readJsonCell({ ...keras, ...extra }, "w.json"))[0]).toContain(problem);
  });

  test("adds the forget bias of the file where one stands there, and TensorFlow's 1 where none does", () => {
    const b_f = (extra: object) => readJsonCell({ ...tensorFlow, ...extra }, null, { from: "tf-basic" }).gates.f?.b;
    expect(b_f({})).toEqual(Float64Array.from(native.b_f));
    expect(b_f({ forget_bias: 0 })).toEqual(Float64Array.from(native.b_f, (b) => b - 1));
    expect(b_f({ config: { forgetBias: 2.5 } })).toEqual(Float64Array.from(native.b_f, (b) => b + 1.5));
    expect(b_f({ forget_bias: [0] })).toEqual(b_f({ forget_bias: 0 }));
    expect(b_f({ forget_bias: null })).toEqual(b_f({}));
  });

  test.each([
    ["text", "0.0", 'shape w.json: forget_bias: the text "0.0", expected a single number'],
    ["several numbers", [0, 0], "shape w.json: forget_bias: 2, expected a single number"],
    ["no number", [], "shape w.json: forget_bias: 0, expected a single number"],
  ])("refuses %s for a forget bias, in whose place 1 would be a guess", (_, forget_bias, problem) => {
    const read = () => readJsonCell({ ...tensorFlow, forget_bias }, "w.json", { from: "tf-basic" });
    expect(problemsOf(read)).toEqual([problem]);
  });

  test("names the tensor of a number that is none", () => {
    const weight_hh_l0 = [...storedAs(native, "pytorch", "nn.LSTM").weight_hh_l0.slice(1), [0, null]];
    const json = { lstm: { ...storedAs(native, "pytorch", "nn.LSTM"), weight_hh_l0 } };
    expect(problemsOf(() => readJsonCell(json, "w.json"))).toEqual([
      "not-a-number w.json: lstm.weight_hh_l0[7][1]: null, expected a finite number",
    ]);
  });
});

describe("cellFromWeights", () => {
  test("reads the values of no tensor but the cell's and its state's", () => {
    const read: string[] = [];
    const { tensors, settings } = jsonWeights(
      { lstm: keras, head: { weight: [[1]], bias: [1] }, h_prev: [1, 2] },
      null,
    );
    const watched = tensors.map((tensor) => {
      const values = () => {
        read.push(tensor.name);
        return tensor.values();
      };
      return { ...tensor, values };
    });
    cellFromWeights({ file: null, tensors: watched, settings, notes: [] });
    expect(read).toEqual(["lstm.kernel", "lstm.recurrent_kernel", "lstm.bias", "h_prev"]);
  });
});

describe("any JSON", () => {
  const names = [
    ...LAYOUTS.flatMap((layout) => layout.tensors.map(({ name }) => nameOfRow(name, {}))),
    ...[
      "weight_ih_l1_reverse",
      "P",
      "weight_hr_l0",
      "clip",
      "activations",
      "recurrent_activation",
      "config",
      "forget_bias",
    ],
    ...[
      "x_t",
      "x",
      "h_prev",
      "name",
      "lstm/linear",
      "lstm",
      "__proto__",
      "constructor",
      "toString",
      "",
      ".",
      "/",
      ":0",
      "a/b",
    ],
  ];
  const leaf = fc.oneof(
    fc.array(fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 }),
    fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }), fc.boolean()).map(([H, I, flip]) => {
      return Array.from({ length: flip ? I : 4 * H }, () => Array(flip ? 4 * H : I).fill(0.5));
    }),
    fc.array(fc.integer({ min: -3, max: 3 }), { maxLength: 16 }),
    fc.jsonValue({ maxDepth: 3 }),
    fc.constantFrom(null, 1, "sigmoid", "hard_sigmoid", ["Sigmoid", "Tanh", "Tanh"]),
  );
  const key = fc.constantFrom(...names);
  const tree = fc.letrec((tie) => ({
    node: fc.oneof(
      { maxDepth: 4 },
      { weight: 3, arbitrary: leaf },
      fc.array(fc.tuple(key, tie("node")), { maxLength: 8 }).map(ownEntries),
    ),
  })).node;
  /** Weights that fit, with a few keys taken out, put in or given something else. */
  const edit = fc.record({
    object: fc.nat(),
    at: fc.nat(),
    how: fc.constantFrom("drop", "replace", "add", "shorten"),
    key,
    leaf,
  });
  const edited = fc
    .tuple(
      fc.constantFrom(...storedModels(model(2, 3)), ...storedModels(model(1, 1))),
      fc.array(edit, { maxLength: 3 }),
    )
    .map(([{ json }, edits]) => edits.reduce(applyEdit, structuredClone(json)));
  const flags = fc.record(
    {
      from: fc.constantFrom(...CONVENTIONS),
      prefix: fc.constantFrom(...names),
      layer: fc.integer({ min: 0, max: 2 }),
      reverse: fc.boolean(),
    },
    { requiredKeys: [] },
  );
  const choice = fc.oneof(fc.constant({}), flags);

  test("is read as a cell of weights that fit, or refused, never a crash", () => {
    let cells = 0;
    fc.assert(
      fc.property(fc.oneof(tree, edited), choice, (json, given) => {
        problemsOf(() => {
          const { hiddenSize: H, gates } = readJsonCell(json, "w.json", given);
          for (const { U, b } of Object.values(gates)) {
            expect([U.rows, U.cols, U.data.length, b?.length ?? H]).toEqual([H, H, H * H, H]);
          }
          cells += 1;
        });
        problemsOf(() => listCells(jsonWeights(json, null)));
      }),
      { seed: 11, numRuns: 3000 },
    );
    expect(cells).toBeGreaterThan(100);
  });

  test("changes no prototype", () => {
    const json = JSON.parse(`{"__proto__":${JSON.stringify(keras)},"constructor":{"prototype":{"x":[1]}}}`);
    expect(readJsonCell(json, null, SIGMOID)).toEqual(parseCell(native));
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect({}).not.toHaveProperty("kernel");
  });
});

/** As JSON.parse makes an object: `__proto__` is a key like any other. */
function ownEntries(entries: [string, unknown][]): object {
  const result = {};
  for (const [key, value] of entries) {
    Object.defineProperty(result, key, { value, enumerable: true, configurable: true, writable: true });
  }
  return result;
}

interface Edit {
  readonly object: number;
  readonly at: number;
  readonly how: string;
  readonly key: string;
  readonly leaf: unknown;
}

/** One edit to one of the objects in a tree, whichever the numbers hit. */
function applyEdit(json: unknown, { object, at, how, key, leaf }: Edit): unknown {
  const objects: Record<string, unknown>[] = [];
  const collect = (value: unknown) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return;
    objects.push(value as Record<string, unknown>);
    Object.values(value).forEach(collect);
  };
  collect(json);
  if (objects.length === 0) return json;
  const target = objects[object % objects.length]!;
  const keys = Object.keys(target);
  const old = keys.length === 0 ? key : keys[at % keys.length]!;
  if (how === "drop") delete target[old];
  else if (how === "shorten") target[old] = Array.isArray(target[old]) ? target[old].slice(1) : leaf;
  else
    Object.defineProperty(target, how === "add" ? key : old, {
      value: leaf,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  return json;
}
