import { describe, expect, test } from "vitest";
import { answerSchema, resultSchema } from "../../../src/render/schema/documents.ts";
import { fixture, fixtureNames } from "../../helpers/fixtures.ts";
import { accepts, type Schema } from "../../helpers/json-schema.ts";
import { runMain } from "../../helpers/run.ts";

const result = resultSchema() as Schema;
const answer = answerSchema() as Schema;
/** The alternative of one command. */
const resultOf = (command: string) => result.anyOf!.find(({ title }) => title === `dlstm ${command}`)!;

const CELLS = fixtureNames(".").filter((name) => name.endsWith(".json"));
const ONE_STEP = CELLS.filter((name) => fixture(name).x === undefined);
const HOMEWORK = "fixtures/homework6.json";
const CLASS = fixtureNames("answers").map((name) => `fixtures/answers/${name}`);

const RUNS: [string, string[]][] = [
  ...ONE_STEP.flatMap((name): [string, string[]][] => [
    ["show", ["show", name]],
    ["forward", ["forward", name]],
    ["jacobian", ["jacobian", name]],
    ["optimum", ["optimum", name, "--norm", "inf"]],
  ]),
  ["jacobian", ["jacobian", "homework6.json", "--terms", "--of", "c_t,tanh_c_t,h_t", "--wrt", "h_prev,c_prev,x_t"]],
  ["hessian", ["hessian", "homework6.json", "--wrt", "z", "--vector", "1 2 3 4 5 6 7"]],
  ["backward", ["backward", "homework6.json", "--steps"]],
  ["backward", ["backward", "sequence.json", "--steps"]],
  ["sequence", ["sequence", "sequence.json"]],
  ["check", ["check", "homework6.json", "--columns", "1"]],
  ["check", ["check", "sequence.json"]],
  ["backward", ["backward", "reverse.json", "--steps"]],
  ["sequence", ["sequence", "reverse.json"]],
  ["check", ["check", "reverse.json"]],
];

async function printed(args: readonly string[]): Promise<unknown> {
  const { stdout } = await runMain([...args, "--json"]);
  return JSON.parse(stdout);
}

/** The object without one of its keys. */
function without(value: unknown, key: string): unknown {
  return Object.fromEntries(Object.entries(value as object).filter(([own]) => own !== key));
}

describe("the JSON Schema of the results", () => {
  test.each(RUNS)(
    "accepts what %s prints: %j, and not without a key, nor with one more",
    async (command, [first, name, ...flags]) => {
      const value = await printed([first!, `fixtures/${name}`, ...flags]);
      const schema = resultOf(command);
      expect(accepts(schema, value)).toBe(true);
      expect(accepts(schema, { ...(value as object), wat: 1 })).toBe(false);
      for (const key of ["version", "hidden_size", "input_size"])
        expect(accepts(schema, without(value, key))).toBe(false);
    },
  );

  test("accepts what sigmoid prints", async () => {
    const value = await printed(["sigmoid", "0", "1"]);
    expect(accepts(resultOf("sigmoid"), value)).toBe(true);
    expect(accepts(resultOf("sigmoid"), { version: 1, values: [{ z: 0 }] })).toBe(false);
  });

  test("accepts what grade prints of one answer, of a class, and of a line", async () => {
    for (const path of CLASS)
      expect(accepts(resultOf("grade"), await printed(["grade", HOMEWORK, path])), path).toBe(true);
    expect(accepts(resultOf("grade of several"), await printed(["grade", HOMEWORK, ...CLASS]))).toBe(true);
    const batch = await printed(["grade", HOMEWORK, ...CLASS, "--batch"]);
    expect(accepts(resultOf("grade of several"), batch)).toBe(true);
    const summary = await printed(["grade", HOMEWORK, ...CLASS, "--summary"]);
    expect(accepts(resultOf("grade --summary"), summary)).toBe(true);
    expect(accepts(resultOf("grade of several"), { ...(batch as object), summary: {} })).toBe(false);
    const { stdout } = await runMain(["grade", HOMEWORK, "--ndjson"], { input: '{"h_t":[1,2]}' });
    expect(accepts(resultOf("grade --ndjson"), JSON.parse(stdout))).toBe(true);
    expect(accepts(resultOf("grade"), JSON.parse(stdout))).toBe(false);
  });

  test("has an alternative for every command, of which a result of another fits none", async () => {
    const show = await printed(["show", HOMEWORK]);
    expect(result.anyOf!.filter((one) => accepts(one, show)).map(({ title }) => title)).toEqual(["dlstm show"]);
  });

  test("names its draft, and is JSON through and through", () => {
    for (const schema of [result, answer]) {
      expect(schema).toHaveProperty("$schema", "https://json-schema.org/draft/2020-12/schema");
      expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
    }
  });
});

describe("the JSON Schema of an answer", () => {
  const own = RUNS.filter(([command]) => !["check", "sequence"].includes(command));

  test.each(own)("accepts what %s prints: %j", async (_, [first, name, ...flags]) => {
    expect(accepts(answer, await printed([first!, `fixtures/${name}`, ...flags]))).toBe(true);
  });

  test("accepts any part of it, and what is passed over", () => {
    for (const part of [{}, { h_t: [1] }, { gates: { f: [0.5] } }, { student: "Ada" }])
      expect(accepts(answer, part)).toBe(true);
    expect(accepts(answer, { optimum: { gates: { f: [{ unit: 1, activation: 0.5 }] } } })).toBe(true);
  });

  test.each([
    [{ h_t: ["1"] }],
    [{ h_t: [null] }],
    [{ gates: [1] }],
    [{ gates: { g: [1] } }],
    [{ jacobian: { f: { h_prev: [1] } } }],
    [[1]],
  ])("does not accept %j", (value) => {
    expect(accepts(answer, value)).toBe(false);
  });
});
