import { Buffer } from "node:buffer";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DlstmError, inFile } from "../../src/errors.ts";
import { AnswerMeter, type MeterLimits } from "../../src/input/answer-meter.ts";

const NO_LIMITS: MeterLimits = { entries: Infinity, memory: Infinity };

function memoryOf(text: string, pieces: readonly number[] = []): number {
  const meter = new AnswerMeter(NO_LIMITS);
  const bytes = Buffer.from(text);
  const cuts = [0, ...pieces.map((share) => Math.floor(share * bytes.length)).toSorted((a, b) => a - b), bytes.length];
  for (let k = 1; k < cuts.length; k++) meter.add(bytes.subarray(cuts[k - 1], cuts[k]));
  return meter.memory;
}

/** Whether the meter lets so many entries through. */
function isWithin(text: string, entries: number): boolean {
  try {
    inFile("a.json", () => new AnswerMeter({ entries, memory: Infinity }).add(Buffer.from(text)));
    return true;
  } catch (error) {
    if (!(error instanceof DlstmError)) throw error;
    expect(error.problems).toEqual([
      {
        code: "too-large",
        file: "a.json",
        place: null,
        message: `more than ${entries} numbers, expected at most as many: the key has no use for more`,
      },
    ]);
    return false;
  }
}

describe("the meter of answers", () => {
  test.each([
    ["[1,2,3]", 3],
    ['{"a":[1,2],"b":[[3],[4]]}', 4],
    ['{"a":",,,,\\",,,,","b":1}', 2],
    ['{"a":"\\\\","b":[1,2]}', 3],
    ['["é,🙂,","]",1]', 3],
    ["[1,2,", 3],
  ])("counts what has a comma behind it, outside strings: %s", (text, entries) => {
    expect(isWithin(text, entries)).toBe(true);
    expect(isWithin(text, entries - 1)).toBe(false);
  });

  test("counts the same however the bytes are cut into pieces", () => {
    const text = fc.oneof(fc.json(), fc.string({ unit: "grapheme" }), fc.constantFrom('{"a\\\\\\"é":[NaN,"🙂,"]}'));
    fc.assert(
      fc.property(text, fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 8 }), (json, pieces) => {
        expect(memoryOf(json, pieces)).toBe(memoryOf(json));
      }),
      { seed: 14, numRuns: 300 },
    );
  });

  test("stops at the piece in which it is too much", () => {
    const meter = new AnswerMeter({ entries: 10, memory: Infinity });
    meter.add(Buffer.from("[1,2,3,4,"));
    expect(() => meter.add(Buffer.from("5,6,7,8,9,10,11"))).toThrow("more than 10 numbers");
  });

  test("takes more for what is a second time in memory: strings, wide characters, a text without its bare words", () => {
    const plain = memoryOf(`{"a":[${"1".repeat(900)}]}`);
    expect(memoryOf(`{"a":["${"1".repeat(898)}"]}`)).toBeGreaterThan(plain + 890);
    expect(memoryOf(`{"a":[${"1".repeat(898)}é]}`)).toBeGreaterThan(2 * plain - 1000);
    expect(memoryOf(`{"a":[${"1".repeat(896)},NaN]}`)).toBeGreaterThan(plain + 900);
  });

  test("refuses what takes more memory than there is", () => {
    const meter = new AnswerMeter({ entries: Infinity, memory: 1e6 });
    expect(() => inFile("a.json", () => meter.add(Buffer.from(`[${"1,".repeat(5e4)}1]`)))).toThrow(
      "a.json: takes more memory to read than this run has for one answer; expected a shorter one",
    );
  });
});
