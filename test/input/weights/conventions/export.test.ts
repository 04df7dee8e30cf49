import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseCell } from "../../../../src/input/parse-cell.ts";
import { CONVENTIONS, type Convention } from "../../../../src/input/weights/conventions/convention.ts";
import { exportWeights } from "../../../../src/input/weights/conventions/export.ts";
import { readJsonCell } from "../../../../src/input/weights/read-cell.ts";
import { GATES } from "../../../../src/lstm/names.ts";
import { jsonChunks } from "../../../../src/render/json.ts";
import { model, storedAs } from "../../../helpers/conventions.ts";
import { problemsOf } from "../../../helpers/problems.ts";

const asJson = (record: unknown) => JSON.parse([...jsonChunks(record)].join(""));
/** What the arrays of Keras and TensorFlow.js do not tell; it changes no other. */
const SIGMOID = { recurrentActivation: "sigmoid" } as const;
const ADDS_ONE: readonly Convention[] = ["haiku", "tf-basic"];

/** Any native cell of up to four units and inputs; its b_f is such that b_f − 1 + 1 gives it again. */
const anyCell = fc
  .record({ H: fc.integer({ min: 1, max: 4 }), I: fc.integer({ min: 1, max: 4 }), biases: fc.boolean() })
  .chain(({ H, I, biases }) => {
    const number = fc.double({ noNaN: true, noDefaultInfinity: true });
    const vector = (length: number, entry = number) => fc.array(entry, { minLength: length, maxLength: length });
    const rows = (cols: number) => fc.array(vector(cols), { minLength: H, maxLength: H });
    const whole = fc.integer({ min: -(2 ** 30), max: 2 ** 30 }).map((n) => n / 1024);
    const keys = GATES.flatMap((g) => [
      [`W_${g}`, rows(I)],
      [`U_${g}`, rows(H)],
      ...(biases ? [[`b_${g}`, vector(H, g === "f" ? whole : number)]] : []),
    ]);
    return fc.record(Object.fromEntries(keys) as Record<string, fc.Arbitrary<unknown>>);
  });

describe.each(CONVENTIONS)("a cell written as %s", (convention) => {
  test("is read back the same, bit for bit", () => {
    fc.assert(
      fc.property(anyCell, (json) => {
        const cell = parseCell(json);
        const back = readJsonCell(asJson(exportWeights(cell, convention)), null, { from: convention, ...SIGMOID });
        for (const g of GATES) {
          const { W, U, b } = cell.gates[g]!;
          expect(back.gates[g]).toMatchObject({ W, U });
          // a bias that was absent may come back as zeros
          expect(back.gates[g]?.b ?? new Float64Array(cell.hiddenSize)).toEqual(b ?? new Float64Array(cell.hiddenSize));
        }
      }),
      { seed: 5, numRuns: 50 },
    );
  });

  test("is recognised without --from", () => {
    const cell = parseCell(model(3, 2));
    expect(readJsonCell(asJson(exportWeights(cell, convention)), null, SIGMOID)).toEqual(cell);
  });
});

describe("what is written", () => {
  const truth = model(3, 2);
  const written = (convention: Convention) => asJson(exportWeights(parseCell(truth), convention));
  const jsonOf = (convention: Convention, title: string) => storedAs(truth, convention, title);

  test.each<[Convention, unknown]>([
    ["native", truth],
    ["keras", jsonOf("keras", "named")],
    ["tfjs", jsonOf("keras", "named")],
    ["flax", jsonOf("flax", "linen").params.LSTMCell_0],
    ["haiku", jsonOf("haiku", "hk.LSTM")],
    ["tf-basic", { basic_lstm_cell: jsonOf("tf-basic", "BasicLSTMCell under no name") }],
    ["equinox", jsonOf("equinox", "LSTMCell")],
    ["matlab", jsonOf("matlab", "columns")],
    ["coursera", jsonOf("coursera", "parameters")],
    ["cs231n", jsonOf("cs231n", "lstm_step_forward")],
  ])("as %s is what the framework has", (convention, json) => {
    expect(written(convention)).toEqual(json);
  });

  test("as PyTorch and ONNX, which have two biases, has zeros for the second", () => {
    const { b_i, b_f, b_u, b_o } = truth;
    const zeros = Array(12).fill(0);
    const torch = { bias_ih_l0: [...b_i, ...b_f, ...b_u, ...b_o], bias_hh_l0: zeros };
    expect(written("pytorch")).toEqual({ ...jsonOf("pytorch", "nn.LSTM"), ...torch });
    const B = [[...b_i, ...b_o, ...b_f, ...b_u, ...zeros]];
    expect(written("onnx")).toEqual({ ...jsonOf("onnx", "initialisers"), B });
  });

  test("has no bias where the framework may do without and the cell does", () => {
    const { b_f, b_i, b_o, b_u, ...weights } = truth;
    expect([b_f, b_i, b_o, b_u]).not.toContain(undefined);
    const names = (convention: Convention) => Object.keys(asJson(exportWeights(parseCell(weights), convention)));
    expect(names("pytorch")).toEqual(["weight_ih_l0", "weight_hh_l0"]);
    expect(names("onnx")).toEqual(["W", "R"]);
    expect(names("cs231n")).toEqual(["Wx", "Wh", "b"]);
  });
});

describe("what cannot be written", () => {
  test.each(ADDS_ONE)("is refused: a forget bias that no double plus 1 gives, in %s", (convention) => {
    const cell = parseCell({ ...model(2, 2), b_f: [0.5, 1e-20] });
    expect(problemsOf(() => exportWeights(cell, convention))).toEqual([
      expect.stringMatching(
        /^unsupported b_f\[1\]: 1e-20 cannot be kept by .*, which adds 1 .*expected another convention$/,
      ),
    ]);
  });

  test.each(CONVENTIONS.filter((one) => one !== "native"))("is refused: a partial cell, in %s", (convention) => {
    const { W_i, U_o, b_u, ...part } = model(2, 2);
    expect([W_i, U_o, b_u]).not.toContain(undefined);
    const problems = problemsOf(() => exportWeights(parseCell(part), convention));
    expect(problems).toEqual(
      ["W_i", "U_o", "W_o"].map((key) =>
        expect.stringMatching(new RegExp(`^missing ${key}: missing, but needed for ${convention}`)),
      ),
    );
  });

  test("is nothing in the native convention: a partial cell stays partial", () => {
    const json = {
      U_f: [
        [1, 2],
        [3, 4],
      ],
      b_f: [0.5, -0],
    };
    expect(asJson(exportWeights(parseCell(json), "native"))).toEqual(json);
  });
});
