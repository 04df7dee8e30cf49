import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { jsonChunks, jsonLine } from "../../src/render/json.ts";

const WRITERS: [string, (record: unknown) => string][] = [
  ["jsonChunks", (record) => [...jsonChunks(record)].join("")],
  ["jsonLine", jsonLine],
];
const EDGES = [
  0, -0, 5e-324, -5e-324, 1.7976931348623157e308, -1.7976931348623157e308, 2.2250738585072014e-308, 1e21, 0.1,
];

describe.each(WRITERS)("%s", (_, write) => {
  test("ends its one line with a line feed", () => {
    expect(write({ a: [1, 2], b: {} })).toBe('{"a":[1,2],"b":{}}\n');
  });

  test.each(EDGES)("writes %s so that it reads back the same, alone and in a vector", (value) => {
    expect(Object.is(JSON.parse(write({ value })).value, value)).toBe(true);
    expect(Object.is(JSON.parse(write(Float64Array.of(1, value)))[1], value)).toBe(true);
  });

  test("writes every double so that it reads back the same", () => {
    const double = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(fc.float64Array({ noNaN: true, noDefaultInfinity: true }), double, (vector, number) => {
        const back = JSON.parse(write({ vector, number }));
        expect(Object.is(back.number, number)).toBe(true);
        expect(back.vector.every((entry: number, k: number) => Object.is(entry, vector[k]))).toBe(true);
      }),
      { seed: 20260704, numRuns: 500 },
    );
  });

  test("writes a matrix as its rows", () => {
    const matrix = { rows: 2, cols: 3, data: Float64Array.of(1, -0, 3, 4, 5, 6) };
    expect(write({ matrix })).toBe('{"matrix":[[1,-0,3],[4,5,6]]}\n');
  });

  test("writes a -0 deep in a record, and all that stands beside it", () => {
    const record = { list: [{ z: -0, v: Float64Array.of(1, -0), text: "-0", none: undefined }], a: null };
    expect(write(record)).toBe('{"list":[{"z":-0,"v":[1,-0],"text":"-0"}],"a":null}\n');
  });

  test("writes text, null, booleans and nested lists as JSON does", () => {
    const record = { text: 'a"\n\u001b', nothing: null, yes: true, list: [{ unit: 0, h: null }, []] };
    expect(write(record)).toBe(`${JSON.stringify(record)}\n`);
  });

  test("leaves out what is undefined", () => {
    expect(write({ a: undefined, b: 1, c: undefined })).toBe('{"b":1}\n');
    expect(write({ a: undefined })).toBe("{}\n");
  });

  test("keeps the order of the keys", () => {
    expect(write({ version: 1, hidden_size: 2, b: 3, a: 4 })).toBe('{"version":1,"hidden_size":2,"b":3,"a":4}\n');
  });

  test.each([NaN, Infinity, -Infinity])("throws where a record holds %s", (value) => {
    expect(() => write({ value })).toThrow(TypeError);
    expect(() => write(Float64Array.of(0, value))).toThrow(TypeError);
  });
});

describe("jsonChunks", () => {
  test("hands a large matrix on in pieces of moderate size", () => {
    const [rows, cols] = [300, 300];
    const data = Float64Array.from({ length: rows * cols }, (_, k) => Math.sin(k));
    const chunks = [...jsonChunks({ matrix: { rows, cols, data } })];
    expect(chunks.length).toBeGreaterThan(10);
    expect(Math.max(...chunks.map((chunk) => chunk.length))).toBeLessThan(2 ** 17);
    expect(JSON.parse(chunks.join("")).matrix.flat()).toEqual([...data]);
  });
});
