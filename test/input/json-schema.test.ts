import { describe, expect, test } from "vitest";
import { schemas } from "../../src/input/json-schema.ts";
import { MATRIX_KEYS, UPSTREAM_KEYS, VECTOR_KEYS } from "../../src/input/keys.ts";
import { fixture, fixtureNames } from "../helpers/fixtures.ts";
import { accepts, type Schema } from "../helpers/json-schema.ts";

const cell = schemas.cell() as Schema;

describe("the JSON Schema of a cell", () => {
  test("lists every key and no other", () => {
    expect(Object.keys(cell.properties!).toSorted()).toEqual(
      ["$schema", "name", "reverse", ...MATRIX_KEYS, ...VECTOR_KEYS, ...UPSTREAM_KEYS].toSorted(),
    );
    expect([cell.additionalProperties, cell.required ?? []]).toEqual([false, []]);
  });

  test("says what each array holds", () => {
    for (const [key, { type, description }] of Object.entries(cell.properties!)) {
      if (type === "array") expect(description, key).toMatch(/^\[[HIT]( × [HI])?\] /);
    }
    expect(cell.properties?.W_f?.description).toContain("H × I");
    expect(cell.properties?.x?.description).toContain("T × I");
  });

  test.each(fixtureNames(".").filter((name) => name.endsWith(".json")))("accepts %s", (name) => {
    expect(accepts(cell, fixture(name))).toBe(true);
  });

  test.each([
    ...["text-for-number", "true-for-number", "null-entry", "unknown-key", "misspelt-key", "proto-key"],
    ...["not-an-object", "empty-matrix", "empty-row", "empty-sequence", "bare-vector-for-matrix", "matrix-for-vector"],
    ...["number-for-matrix", "object-for-matrix", "name-not-a-string", "three-problems", "escape-sequences"],
  ])("does not accept invalid/%s.json", (name) => {
    expect(accepts(cell, fixture(`invalid/${name}.json`))).toBe(false);
  });

  test("names its draft, and is JSON through and through", () => {
    expect(cell).toHaveProperty("$schema", "https://json-schema.org/draft/2020-12/schema");
    expect(JSON.parse(JSON.stringify(cell))).toEqual(cell);
  });
});

describe("the JSON Schema of a state", () => {
  const state = schemas.state() as Schema;

  test("accepts a state, and no weights", () => {
    expect(accepts(state, { x_t: [1], h_prev: [0.5], c_prev: [-1] })).toBe(true);
    expect(accepts(state, { U_f: [[1]] })).toBe(false);
  });

  test("says of its keys what the cell's says", () => {
    for (const [key, schema] of Object.entries(state.properties!)) expect(cell.properties![key]).toEqual(schema);
  });
});
