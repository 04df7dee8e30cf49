import { describe, expect, test } from "vitest";
import type { Choice } from "../../../../src/input/weights/conventions/choices.ts";
import type { Convention } from "../../../../src/input/weights/conventions/convention.ts";
import { listCells } from "../../../../src/input/weights/conventions/list.ts";
import { recognise } from "../../../../src/input/weights/conventions/recognise.ts";
import { jsonWeights } from "../../../../src/input/weights/files/json-tensors.ts";
import { model, storedAs } from "../../../helpers/conventions.ts";
import { problemsOf } from "../../../helpers/problems.ts";

const jsonOf = (convention: Convention, title: string) => storedAs(model(2, 3), convention, title);
const torch = jsonOf("pytorch", "nn.LSTM");
const keras = jsonOf("keras", "named");
const equinox = jsonOf("equinox", "LSTMCell");
const tensorFlow = jsonOf("tf-basic", "BasicLSTMCell under no name");

const find = (json: unknown, choice: Choice = {}) => recognise(jsonWeights(json, "w.json"), choice);
const refused = (json: unknown, choice: Choice = {}) => problemsOf(() => find(json, choice));
const renamed = (json: Record<string, unknown>, rename: (name: string) => string) =>
  Object.fromEntries(Object.entries(json).map(([name, value]) => [rename(name), value]));
const without = (json: Record<string, unknown>, ...names: string[]) =>
  Object.fromEntries(Object.entries(json).filter(([name]) => !names.includes(name)));

/** A torch.nn.LSTM of two layers in both directions. */
const layers = {
  ...renamed(torch, (name) => `encoder.lstm.${name}`),
  ...renamed(torch, (name) => `encoder.lstm.${name}_reverse`),
  ...renamed(torch, (name) => `encoder.lstm.${name.replace("l0", "l1")}`),
};

describe("a file with several cells", () => {
  test("is an error that lists the choices as flags", () => {
    const message = "3 cells, expected one of them: --layer 0, --layer 0 --reverse, --layer 1";
    expect(refused(layers)).toEqual([`ambiguous w.json: ${message}`]);
    expect(refused({ ...layers, other: keras })).toEqual([
      "ambiguous w.json: 4 cells, expected one of them: --prefix encoder.lstm --layer 0, --prefix encoder.lstm --layer 0 --reverse, --prefix encoder.lstm --layer 1, --prefix other",
    ]);
  });

  test("gives the cell that every listed choice names", () => {
    const file = { ...layers, "it's/other": keras };
    for (const { flags, ...cell } of listCells(jsonWeights(file, null))) {
      const prefix = /--prefix (?:'(.*)'|(\S+))/.exec(flags);
      const layer = /--layer (\d+)/.exec(flags);
      const choice: Choice = {
        prefix: (prefix?.[1] ?? prefix?.[2])?.replaceAll("'\\''", "'"),
        ...(layer ? { layer: Number(layer[1]) } : {}),
        ...(flags.includes("--reverse") ? { reverse: true } : {}),
      };
      expect(find(file, choice)).toMatchObject({ prefix: cell.prefix, layer: cell.layer, reverse: cell.reverse });
    }
    expect.assertions(4);
  });

  test("needs no more flags than tell the cells apart", () => {
    expect(find(layers, { reverse: true })).toMatchObject({ layer: 0, reverse: true });
    expect(find(layers, { layer: 1 })).toMatchObject({ layer: 1, reverse: false });
    expect(find(layers, { prefix: "encoder", layer: 0 })).toMatchObject({ prefix: "encoder.lstm", reverse: false });
    expect(find({ ...layers, other: keras }, { from: "keras" })).toMatchObject({ prefix: "other" });
  });

  test("takes a prefix with either separator, and the prefix itself before what stands below it", () => {
    const nested = { a: { ...keras, b: keras } };
    expect(find(nested, { prefix: "a" })).toMatchObject({ prefix: "a" });
    expect(find(nested, { prefix: "a/b" })).toMatchObject({ prefix: "a.b" });
    expect(refused(nested, { prefix: "c" })).toEqual([
      "missing w.json: --prefix c: no such cell, expected one of them: --prefix a, --prefix a.b",
    ]);
  });

  test("lists thousands of cells within seconds", () => {
    const many = Object.fromEntries(Array.from({ length: 20000 }, (_, k) => [`cell${k}`, keras]));
    expect(listCells(jsonWeights(many, null))).toHaveLength(20000);
  });

  test("of other conventions, or with layers and without, below one prefix is chosen by flags that tell them apart", () => {
    const beside = { ...torch, ...keras };
    const [lstm, other] = ["--layer 0", "--from keras --layer 0"];
    expect(listCells(jsonWeights(beside, null)).map(({ flags }) => flags)).toEqual([lstm, other]);
    expect(refused(beside)).toEqual([`ambiguous w.json: 2 cells, expected one of them: ${lstm}, ${other}`]);
    expect(find(beside, { layer: 0 }).layout.convention).toBe("pytorch");
    expect(find(beside, { from: "keras", layer: 0 }).layout.convention).toBe("keras");
  });

  test("of one convention, where --layer 0 takes the one with layers, is told what to do with the other", () => {
    const cell = renamed(torch, (name) => name.replace("_l0", ""));
    const beside = { ...torch, ...cell };
    const remedy =
      "weight_ih: no flag tells its cell from the layer 0 beside it, expected names below a prefix of its own";
    expect(refused(beside)).toEqual([`ambiguous w.json: 2 cells, expected one of them: --layer 0; ${remedy}`]);
    expect(listCells(jsonWeights(beside, null))).toMatchObject([
      { flags: "--layer 0", refused: null },
      { flags: "", refused: remedy },
    ]);
    expect(find(beside, { layer: 0 })).toMatchObject({ layer: 0 });
  });

  test("lists at most eight, and how many there are", () => {
    const many = Object.fromEntries(Array.from({ length: 20 }, (_, k) => [`cell${k}`, keras]));
    expect(refused(many)).toEqual([expect.stringMatching(/--prefix cell7, … \(20 in all\)$/)]);
  });

  test("takes ONNX' first axis for the directions", () => {
    const { W, R, B } = jsonOf("onnx", "initialisers");
    const both = { W: [...W, ...W], R: [...R, ...R], B: [...B, ...B] };
    expect(refused(both)).toEqual(["ambiguous w.json: 2 cells, expected one of them: --layer 0, --layer 0 --reverse"]);
    expect(find(both, { reverse: true })).toMatchObject({ reverse: true });
    expect(find(both, { layer: 0 })).toMatchObject({ reverse: false });
    expect(refused({ ...both, R })).toEqual([
      expect.stringMatching(/^shape w\.json: R: 1 × 8 × 2, expected \[directions/),
    ]);
  });

  test("says of the only cell that it needs no flag", () => {
    expect(refused(torch, { layer: 3 })).toEqual([
      "missing w.json: --layer 3: no such cell, expected no flag: the file holds one cell",
    ]);
  });
});

describe("one cell that may be read in several ways", () => {
  test("is not an error where the readings yield the same cell", () => {
    expect(listCells(jsonWeights(keras, null))[0].conventions).toEqual(["keras", "tfjs"]);
    expect(find(keras).layout.convention).toBe("keras");
    // without biases, the cell of equinox is the LSTMCell of PyTorch
    expect(find(without(equinox, "bias")).layout.convention).toBe("pytorch");
  });

  test("is one where they differ, and all are listed", () => {
    const both = { ...equinox, bias_ih: equinox.bias, bias_hh: equinox.bias };
    expect(refused(both)).toEqual([
      "ambiguous w.json: several readings that yield different cells, expected one of them: --from pytorch (torch.nn.LSTMCell), --from equinox (eqx.nn.LSTMCell)",
    ]);
    expect(find(both, { from: "equinox" }).layout.convention).toBe("equinox");
    expect(
      refused({
        ...keras,
        W_f: [
          [1, 2, 3],
          [4, 5, 6],
        ],
        U_f: [
          [1, 2],
          [3, 4],
        ],
      }),
    ).toEqual([expect.stringMatching(/--from keras .*--from tfjs .*--from native/)]);
  });

  test("is one where its names are those of any layer, and not where another cell stands beside it", () => {
    expect(refused(tensorFlow)).toEqual([
      "ambiguous w.json: the names kernel, bias do not tell the convention, expected one to be named: --from tf-basic (TensorFlow's BasicLSTMCell)",
    ]);
    expect(find({ head: tensorFlow, encoder: keras })).toMatchObject({ prefix: "encoder" });
    // a layer in a module of such a name is no such cell
    for (const key of ["lstm_head", "my_lstm_cell_head", "lstm"]) {
      expect(refused({ [key]: tensorFlow }), key).toEqual([expect.stringMatching(/^ambiguous .*--from tf-basic/)]);
    }
    const linear = { w: tensorFlow.kernel, b: tensorFlow.bias };
    expect(refused({ "lstm_decoder/linear": linear })).toEqual([expect.stringMatching(/^ambiguous .*--from haiku/)]);
  });

  test("is one for bare arrays, of which one layer has no more than three", () => {
    const bare = jsonOf("keras", "get_weights()");
    expect(refused(bare)).toEqual([expect.stringMatching(/^ambiguous .*--from keras .*--from tfjs/)]);
    expect(refused([...bare, [1, 2]], { from: "keras" })).toEqual([
      "ambiguous w.json: 3: one array more, expected the 3 of one layer: weights of x, weights of h, bias",
    ]);
  });

  test("is never read with a tensor of it left over", () => {
    expect(refused(equinox, { from: "pytorch" })).toEqual([
      "ambiguous w.json: bias: not a tensor of pytorch, expected --from equinox, where it is one",
    ]);
    expect(refused(keras, { from: "tf-basic" })).toEqual([
      "ambiguous w.json: recurrent_kernel: not a tensor of tf-basic, expected --from keras, where it is one",
    ]);
    // not even where what remains has the shapes of a cell, and the whole has not
    const wide = {
      lstm_cell: {
        kernel: [
          [1, 2, 3, 4],
          [5, 6, 7, 8],
        ],
        recurrent_kernel: [[1, 2]],
        bias: [1, 2, 3, 4],
      },
    };
    expect(refused(wide)).toEqual([
      expect.stringMatching(/^shape w\.json: lstm_cell\.recurrent_kernel: 1 × 2, expected/),
    ]);
  });

  test("is one where a tensor stands twice", () => {
    const twice = { ...keras, "kernel:0": keras.kernel };
    expect(refused(twice)).toEqual(["ambiguous w.json: kernel:0: stands beside kernel, expected one of them"]);
  });
});

describe("a file with no cell", () => {
  test("says what it has and what was expected", () => {
    expect(refused({ head: { weight: [[1, 2]], bias: [1] }, alpha: 1 })).toEqual([
      "missing w.json: no LSTM cell among head.weight [1 × 2], head.bias [1], alpha []; expected the names of one of native, pytorch, keras, tfjs, onnx, flax, haiku, tf-basic, equinox, matlab, coursera, cs231n, mlx, mxnet, d2l, graves, or --names with --order",
    ]);
    expect(refused({}, { from: "haiku" })).toEqual([
      "missing w.json: no tensors; expected of haiku: linear.w, linear.b",
    ]);
  });

  test("says of what type its tensors are, where it is none of weights", () => {
    const ofType = (type: string) => {
      const tensors = [{ name: "parameters", shape: [], type, values: () => Float64Array.of() }];
      return problemsOf(() => recognise({ file: "w.npz", tensors, settings: [], notes: [] }));
    };
    expect(ofType("I8")).toEqual([expect.stringContaining("no LSTM cell among parameters [] of type I8; expected")]);
    expect(ofType("|O")).toEqual([
      expect.stringContaining("unsupported w.npz: parameters: Python objects, a pickle, which is never loaded; save"),
    ]);
  });

  test("names the convention that it is instead of --from", () => {
    expect(refused(torch, { from: "onnx" })).toEqual([
      expect.stringMatching(
        /^missing w\.json: --from: no cell of onnx, expected --from pytorch \(torch\.nn\.LSTM\) for weight_ih_l0,/,
      ),
    ]);
  });

  test.each([
    [
      "a tensor that is not there",
      without(torch, "weight_hh_l0"),
      ["missing w.json: weight_hh_l0: missing, expected it beside weight_ih_l0 in torch.nn.LSTM (pytorch)"],
    ],
    [
      "one bias of two",
      without(torch, "bias_hh_l0"),
      [expect.stringMatching(/^missing w\.json: bias_hh_l0: missing, expected it beside weight_ih_l0/)],
    ],
    [
      "a bias of another length",
      { ...torch, bias_hh_l0: [1, 2, 3] },
      ["shape w.json: bias_hh_l0: 3, expected [4H] of torch.nn.LSTM, with H = 2, I = 3"],
    ],
    [
      "a transposed matrix",
      { ...keras, kernel: torch.weight_ih_l0 },
      ["shape w.json: kernel: 8 × 3, expected [I × 4H] of keras.layers.LSTM, with H = 2; it may be transposed"],
    ],
    [
      "biases of a CuDNNLSTM",
      { ...keras, bias: Array.from({ length: 16 }, (_, k) => k) },
      [
        expect.stringMatching(
          /^shape w\.json: bias: 16, expected \[4H\].*; twice as many are two biases, as in CuDNNLSTM, whose \.h5 file is read$/,
        ),
      ],
    ],
    [
      "a tensor of too many axes",
      { ...torch, weight_hh_l0: [[[1]]] },
      [expect.stringMatching(/1 × 1 × 1, expected \[4H × H\]/)],
    ],
  ])("explains %s", (_, json, problems) => {
    expect(refused(json)).toEqual(problems);
  });
});
