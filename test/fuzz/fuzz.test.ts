import { describe, expect, test } from "vitest";
import { outcomeOf } from "./outcome.ts";
import { READERS, type Reader } from "./readers.ts";

const FILES = 800;

describe("a malformed file of weights ends in one error, or is read", () => {
  test.each(READERS)(`${FILES} seeded files for the reader of $name`, async (reader) => {
    const kinds = new Map<string, number>();
    for (let seed = 0; seed < FILES; seed++) {
      const { kind, violation } = await outcomeOf(reader, seed);
      expect(violation, `seed ${seed}`).toBeNull();
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    }
    // neither all broken at the first byte nor hardly touched
    expect(kinds.get("read")).toBeGreaterThan(0);
    expect(kinds.get("syntax")).toBeGreaterThan(FILES / 10);
    expect(kinds.size).toBeGreaterThan(3);
  });
});

describe("the judge of outcomes finds what is planted", () => {
  const file = () => new Uint8Array(8);
  const tensor = { name: "a", type: "F64", shape: [1], values: () => Float64Array.of(0) };
  let kept: unknown;

  test.each<[string, Reader["read"], RegExp | null]>([
    ["nothing", () => [tensor], null],
    ["an exception of another class", () => [{ ...tensor, values: () => JSON.parse("null").values }], /TypeError/],
    [
      "a read beyond the file",
      (source) => [{ ...tensor, name: String(source.read(0, 9)) }],
      /RangeError: read 9 bytes/,
    ],
    ["a promise that fails", async () => Promise.reject(new Error("planted")), /planted/],
    ["too few values", () => [{ ...tensor, shape: [2] }], /1 values for \[2\]/],
    ["NaN", () => [{ ...tensor, values: () => Float64Array.of(Number.NaN) }], /not finite/],
    [
      // what is collected meanwhile is taken off
      "memory",
      () => {
        kept = new Uint8Array(1 << 27);
        return [];
      },
      /1[0-3]\d{7} bytes allocated for a file of 8/,
    ],
    [
      "a file that is read over and over",
      (source) => Array.from({ length: 9 }, () => ({ ...tensor, name: String(source.read(0, 8)) })),
      /72 bytes read of a file of 8/,
    ],
  ])("%s", async (name, read, violation) => {
    const outcome = await outcomeOf({ name, file, read }, 0);
    if (violation === null) expect(outcome.violation).toBeNull();
    else expect(outcome.violation).toMatch(violation);
    kept = null;
    expect(kept).toBeNull();
  });
});
