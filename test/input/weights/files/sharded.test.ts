/** Several files that an index beside them names, as Hugging Face's and Keras' writers cut models. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readCellFile } from "../../../../src/input/open-cell.ts";
import { parseCell } from "../../../../src/input/parse-cell.ts";
import { readWeights } from "../../../../src/input/weights/read-file.ts";
import { byteSource, laterProblemOf } from "../../../helpers/byte-source.ts";
import { fixture } from "../../../helpers/fixtures.ts";

const bytesOf = (path: string) => new Uint8Array(readFileSync(`fixtures/weights/${path}`));
const LAYER = ["weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0"];
const truth = parseCell(fixture("weights/native.json"));

/** An index of the names of tensors by the shards in which they stand, as save_pretrained writes it. */
function indexed(shards: Readonly<Record<string, Uint8Array>>, map: Readonly<Record<string, unknown>>) {
  const index = JSON.stringify({ metadata: { total_size: 1 }, weight_map: map }, null, 2);
  return byteSource(new TextEncoder().encode(index), "model.safetensors.index.json", shards);
}
const allIn = (shard: string, names: readonly string[] = LAYER) =>
  Object.fromEntries(names.map((name) => [name, shard]));

describe("an index of shards", () => {
  test.each([
    [
      "safetensors",
      "model-00001-of-00002.safetensors",
      "pytorch.safetensors",
      LAYER.map((name) => `encoder.lstm.${name}`),
    ],
    ["torch.save's zip files", "pytorch_model-00001-of-00002.bin", "torch/state-dict.pt", LAYER],
    ["torch.save's legacy files", "pytorch_model-00001-of-00002.bin", "torch/state-dict-legacy.pth", LAYER],
  ])("of %s is read as the one file that they are parts of", async (_, shard, path, names) => {
    const source = indexed({ [shard]: bytesOf(path) }, allIn(shard, names));
    const { tensors } = await readWeights(source);
    expect(tensors.map(({ name }) => name).sort()).toEqual([...names].sort());
    const whole = await readCellFile(byteSource(bytesOf(path)), { layer: 0 });
    expect((await readCellFile(source)).gates).toEqual(whole.gates);
  });

  test("takes of a shard what the index says stands there", async () => {
    const shards = { "a.bin": bytesOf("torch/state-dict.pt"), "b.bin": bytesOf("torch/state-dict-legacy.pth") };
    const { tensors } = await readWeights(indexed(shards, { ...allIn("a.bin"), bias_hh_l0: "b.bin" }));
    expect(tensors).toHaveLength(LAYER.length);
    expect((await readCellFile(indexed(shards, { ...allIn("a.bin"), bias_hh_l0: "b.bin" }))).gates).toEqual(
      truth.gates,
    );
  });

  test.each<[string, Record<string, unknown>, Record<string, Uint8Array>, RegExp]>([
    ["that are not there", allIn("a.safetensors"), {}, /no such file/],
    ["elsewhere", allIn("../a.safetensors"), {}, /an absolute name, or one with \. or \.\./],
    ["at an address", allIn("https://example.com/a"), {}, /a colon, expected a plain name/],
    [
      "that lack a tensor",
      allIn("a.bin", [...LAYER, "bias"]),
      { "a.bin": bytesOf("torch/state-dict.pt") },
      /^not in a\.bin, where the index/,
    ],
    ["of another kind", allIn("a.npz"), { "a.npz": bytesOf("unnamed.npz") }, /expected a shard of safetensors/],
    ["that are numbers", allIn(1 as unknown as string), {}, /a number, expected names of files|1, expected names/],
  ])("that names shards %s is refused", async (_, map, shards, message) => {
    expect((await laterProblemOf(readWeights(indexed(shards, map))))?.message).toMatch(message);
  });

  test("that names itself ends in one error", async () => {
    const index = new TextEncoder().encode('{"metadata":{"total_size":1},"weight_map":{"a":"i.json"}}');
    expect((await laterProblemOf(readWeights(byteSource(index, "i.json", { "i.json": index }))))?.message).toMatch(
      /expected a shard/,
    );
  });
});

describe("model.weights.h5 of a .keras that was unpacked", () => {
  const weights = bytesOf("keras/3.weights.h5");
  const config = (activation: string) =>
    new TextEncoder().encode(
      JSON.stringify({
        class_name: "Sequential",
        config: {
          name: "m",
          layers: [
            { class_name: "LSTM", config: { name: "first", recurrent_activation: activation, activation: "tanh" } },
          ],
        },
      }),
    );
  const opened = (file: string, beside: Record<string, Uint8Array>) => readWeights(byteSource(weights, file, beside));
  const told = async (file: string, beside: Record<string, Uint8Array>) =>
    (await opened(file, beside)).settings.find(({ name }) => name.endsWith("recurrent_activation"))?.value;

  test("has the activations of config.json beside it", async () => {
    expect(await told("m/model.weights.h5", { "config.json": config("hard_sigmoid") })).toBe("hard_sigmoid");
    expect(await told("model.weights.h5", { "config.json": config("sigmoid") })).toBe("sigmoid");
    expect(await told("model.weights.h5", {})).toBeUndefined();
    // only Keras' own name says that the other file is its configuration
    expect(await told("lstm.weights.h5", { "config.json": config("hard_sigmoid") })).toBeUndefined();
  });

  test("says where that is not looked at", async () => {
    const { notes, tensors } = await opened("model.weights.h5", { "config.json": new TextEncoder().encode("{") });
    expect(notes).toEqual([expect.stringMatching(/^config\.json beside it is not looked at: /)]);
    expect(tensors.length).toBeGreaterThan(0);
  });
});
