import { describe, expect, test } from "vitest";
import { ProblemList } from "../../src/errors.ts";
import { openEnvelope } from "../../src/input/envelope.ts";
import { envelopeIssues } from "../../src/input/envelope-issues.ts";
import { ENVELOPES, type EnvelopeName } from "../../src/input/keys.ts";

function open(json: unknown, name: EnvelopeName = "native cell") {
  const problems = new ProblemList();
  const entries = openEnvelope(name, json, "cell.json", problems);
  let told: string[] = [];
  try {
    problems.throwIfAny();
  } catch (error) {
    told = (error as Error).message.split("\n");
  }
  return { keys: [...entries.keys()], entries, told, count: problems.count };
}

describe("openEnvelope", () => {
  test("gives the values of known keys with file and place", () => {
    const U_f = [[1]];
    const { entries, told } = open({ name: "a", U_f });
    expect(told).toEqual([]);
    expect(entries.get("U_f")).toEqual({ value: U_f, file: "cell.json", place: "U_f" });
    expect(entries.get("name")?.value).toBe("a");
  });

  test.each([
    ["U_F", "U_f"],
    ["h_perv", "h_prev"],
    ["Wf", "W_f"],
    ["bias_f", "b_f"],
    ["c_previous", "c_prev"],
  ])("suggests for %s the key %s", (key, nearest) => {
    expect(open({ [key]: [] }).told).toEqual([
      `cell.json: ${key}: unknown key, expected a key of the native cell; the nearest is ${nearest}`,
    ]);
  });

  test.each(["version", "dependencies", "main", "bin", "W", "U_i and more"])("suggests nothing for %s", (key) => {
    expect(open({ [key]: [] }).told).toEqual([`cell.json: ${key}: unknown key, expected a key of the native cell`]);
  });

  test.each(["__proto__", "constructor", "toString", "hasOwnProperty", ""])("knows no key %j", (key) => {
    const { keys, told } = open(JSON.parse(`{${JSON.stringify(key)}:[[1]]}`));
    expect(keys).toEqual([]);
    expect(told).toEqual([expect.stringContaining(`cell.json: ${key}: unknown key`)]);
  });

  test("keeps a value of another kind out of the entries", () => {
    const { keys, told } = open({ U_f: "text", b_f: 3, h_prev: {}, x_t: true, name: 7, U_i: [[1]] });
    expect(keys).toEqual(["U_i"]);
    expect(told.toSorted()).toEqual([
      'cell.json: U_f: the text "text", expected an array',
      "cell.json: b_f: 3, expected an array",
      "cell.json: h_prev: an object, expected an array",
      "cell.json: name: 7, expected a string",
      "cell.json: x_t: true, expected an array",
    ]);
  });

  test("refuses null where a key may be absent", () => {
    expect(open({ b_f: null }).told).toEqual(["cell.json: b_f: null, expected an array"]);
  });

  test("cuts a long key to 80 characters", () => {
    expect(open({ ["k".repeat(1000)]: 1 }).told[0]).toContain(`cell.json: ${"k".repeat(80)}…: unknown key`);
  });

  test("counts all unknown keys and keeps ten", () => {
    const { told, count } = open(Object.fromEntries(Array.from({ length: 1000 }, (_, k) => [`key${k}`, 1])));
    expect([told.length, count]).toEqual([10, 1000]);
  });

  test("knows for a state only the state's keys", () => {
    expect(open({ x_t: [1], h_prev: [1], c_prev: [1] }, "state").told).toEqual([]);
    expect(open({ U_f: [[1]], b_f: [1] }, "state").count).toBe(2);
  });

  test("refuses a value exactly where the schema does", () => {
    const values = [[], [[1]], [null], {}, "text", "", 0, true, false, null, undefined];
    for (const name of ["native cell", "state"] as const) {
      for (const key of [...Object.keys(ENVELOPES["native cell"]), "name ", "__proto__", "toString"]) {
        for (const value of values) {
          const json = Object.defineProperty({}, key, { value, enumerable: true });
          expect(open(json, name).count, `${name}: ${key}`).toBe(envelopeIssues(name, json).length);
        }
      }
    }
  });
});
