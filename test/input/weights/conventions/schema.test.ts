import { describe, expect, test } from "vitest";
import { schemas } from "../../../../src/input/json-schema.ts";
import { parseCell } from "../../../../src/input/parse-cell.ts";
import { CONVENTIONS } from "../../../../src/input/weights/conventions/convention.ts";
import { exportWeights } from "../../../../src/input/weights/conventions/export.ts";
import { jsonChunks } from "../../../../src/render/json.ts";
import { model, storedAs, storedModels } from "../../../helpers/conventions.ts";
import { accepts, type Schema } from "../../../helpers/json-schema.ts";

const foreign = CONVENTIONS.filter((one) => one !== "native");
const schemaOf = (convention: string) => schemas[convention]!() as Schema;
/** A matrix for every vector and the other way round. */
const distort = (json: unknown): unknown => {
  if (typeof json !== "object" || json === null) return json;
  if (Array.isArray(json)) return [{}];
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, distort(value)]));
};

describe("the JSON Schema of a convention", () => {
  test.each(foreign)("%s accepts what is written in it, and no other arrays under its names", (convention) => {
    const written = JSON.parse([...jsonChunks(exportWeights(parseCell(model(3, 2)), convention))].join(""));
    expect(accepts(schemaOf(convention), written)).toBe(true);
    expect(accepts(schemaOf(convention), distort(written))).toBe(false);
  });

  // the schema knows no prefix: what is required it misses under one
  const prefixed = ["nested", "nn.LSTMCell in a module", "variables", "linen", "get_weights() under a key", "np.savez"];
  const bare = storedModels(model(3, 2)).filter(({ title }) => !prefixed.includes(title));

  test.each(bare)("of $convention accepts $title", ({ convention, json }) => {
    expect(accepts(schemaOf(convention), json)).toBe(true);
  });

  test.each(foreign)("%s names its draft, says what each tensor holds, and is JSON", (convention) => {
    const schema = schemaOf(convention);
    expect(schema).toHaveProperty("$schema", "https://json-schema.org/draft/2020-12/schema");
    expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
    const text = JSON.stringify(schema);
    expect(text).toMatch(/"\[[^"]*H[^"]*\] (weights|bias)/);
    expect(text).toContain("gates ");
  });

  test("requires what the framework always has", () => {
    const { kernel } = storedAs(model(3, 2), "keras", "named");
    expect(accepts(schemaOf("keras"), { kernel })).toBe(false);
    expect(accepts(schemaOf("cs231n"), {})).toBe(false);
  });
});
