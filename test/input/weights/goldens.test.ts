/** What the readers of weights are held against: it must itself be whole, and the frameworks must agree. */
import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { fixture, fixtureNames } from "../../helpers/fixtures.ts";

const vector = z.array(z.number()).min(1);
const source = z.enum([
  "pytorch",
  "keras",
  "tfjs",
  "onnx",
  "flax",
  "haiku",
  "tf-basic",
  "equinox",
  "matlab",
  "coursera",
  "cs231n",
  "mlx",
  "mxnet",
  "d2l",
  "graves",
]);
const file = z.string().regex(/^fixtures\/weights\/[\w/.-]+$/);
const origin = { framework: z.string(), version: z.string(), generator: z.string().startsWith("fixtures/golden/") };

const cellSchema = z
  .strictObject({
    file,
    from: source,
    prefix: z.string().nullable(),
    layer: z.int().min(0).nullable(),
    reverse: z.boolean(),
    cell: file,
    dtype: z.enum(["float64", "float32"]),
    state: z.strictObject({ x_t: vector, h_prev: vector, c_prev: vector }),
    h_t: vector,
    c_t: vector,
    ...origin,
  })
  .refine(({ state, h_t, c_t }) => {
    return [state.c_prev, h_t, c_t].every(({ length }) => length === state.h_prev.length);
  }, "every vector of the state has H entries");

const tensorSchema = z
  .strictObject({ file, type: z.enum(["F64", "F32", "F16"]), shape: z.array(z.int()), values: vector, ...origin })
  .refine(({ shape, values }) => values.length === shape.reduce((product, length) => product * length, 1));

const goldenSchema = z.strictObject({
  source: z.string(),
  cells: z.array(cellSchema).min(1),
  refused: z.array(z.strictObject({ file, from: source, reason: z.string(), ...origin })).min(1),
  tensors: z.array(tensorSchema).min(1),
});

type CellGolden = z.infer<typeof cellSchema>;

const golden = goldenSchema.parse(fixture("golden/weights.json"));
const entries = [...golden.cells, ...golden.refused, ...golden.tensors];
const exists = (path: string) => existsSync(new URL(`../../../${path}`, import.meta.url));

/** The entries whose h_t or c_t lies further from PyTorch's of the same cell, or else the first's, than the type allows. */
function strangers(cells: readonly CellGolden[]): CellGolden[] {
  return cells.filter((one) => {
    const peers = cells.filter(({ cell, dtype }) => cell === one.cell && dtype === "float64");
    const truth = peers.find(({ framework }) => framework === "PyTorch") ?? peers[0];
    return (["h_t", "c_t"] as const).some((key) => {
      const bound = (one.dtype === "float64" ? 1e-13 : 1e-6) * Math.max(...truth[key].map(Math.abs));
      return !one[key].every((value, k) => Math.abs(value - truth[key][k]) <= bound);
    });
  });
}

describe("the goldens of weights", () => {
  test("every file and generator that they name is there", () => {
    const named = [
      ...entries.flatMap((entry) => [entry.file, entry.generator]),
      ...golden.cells.map(({ cell }) => cell),
    ];
    expect(named.filter((path) => !exists(path))).toEqual([]);
  });

  test("every file of weights is named, or a folder by its model, but the state", () => {
    const own = [...entries.map((entry) => entry.file), ...golden.cells.map(({ cell }) => cell)];
    const named = new Set([...own, ...own.map((path) => path.replace(/\/model\.\w+$/, ""))]);
    // those of Keras have goldens of their own; what no convention knows, and a state
    const others = ["keras", "refused", "torch", "state.json", "unnamed.npz"];
    const files = [
      ...fixtureNames("weights").filter((name) => !others.includes(name)),
      ...["refused", "torch"].flatMap((folder) => fixtureNames(`weights/${folder}`).map((name) => `${folder}/${name}`)),
    ];
    expect(files.filter((name) => !named.has(`fixtures/weights/${name}`))).toEqual([]);
  });

  test("every convention of the contract has the model itself, bit for bit native.json", () => {
    const sources = golden.cells.filter(({ cell }) => cell === "fixtures/weights/native.json").map(({ from }) => from);
    // the last MXNet runs beside none of the others: its step stands in the corpus of files
    const others = source.options.filter((name) => name !== "mxnet");
    expect([...new Set(sources)].sort()).toEqual(others.sort());
  });

  test("the frameworks agree on one step of each cell", () => {
    expect(strangers(golden.cells)).toEqual([]);
  });

  test("a last digit that a framework has wrong is seen", () => {
    const [first, ...others] = golden.cells.filter(({ dtype, framework }) => {
      return dtype === "float64" && framework !== "PyTorch";
    });
    const wrong = { ...first, h_t: first.h_t.map((value, k) => (k === 0 ? value + 2e-13 : value)) };
    const pytorch = golden.cells.filter(({ framework }) => framework === "PyTorch");
    expect(strangers([wrong, ...others, ...pytorch])).toEqual([wrong]);
  });
});
