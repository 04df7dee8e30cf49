import { describe, expect, test } from "vitest";
import { DlstmError, inFile } from "../../src/errors.ts";
import { parseAnswerJson } from "../../src/input/answer-json.ts";
import { parseJson } from "../../src/input/json.ts";
import { isTiny } from "../../src/input/tiny-numbers.ts";
import { readJsonCell } from "../../src/input/weights/read-cell.ts";
import { numbers } from "../helpers/matrices.ts";

describe("a number that is not zero but reads as zero", () => {
  test.each([
    ["1e-400", true],
    ["-1E-0400", true],
    ["2.470328229206232e-324", true], // just below half of the smallest double
    ["2.4703282292062328e-324", false], // just above
    ["5e-324", false],
    ["0e-400", false],
    ["-0.000E-999", false],
    ["0", false],
    [`0.${"0".repeat(330)}1`, true],
    [`0.${"0".repeat(300)}1`, false],
    [`0.${"0".repeat(260)}1e-99`, true],
    [`${"1".padEnd(400, "0")}e-999`, true],
    [`${"1".padEnd(400, "0")}e-500`, false],
  ])("%s: %j", (numeral, expected) => {
    expect(isTiny(numeral)).toBe(expected);
    const [value] = parseJson(`[${numeral}]`) as number[];
    expect(Number.isNaN(value)).toBe(expected);
    if (!expected) expect(value).toBe(Number(numeral));
  });

  test("is told from text, and wherever it stands", () => {
    const text =
      '{"1e-400":["1e-400",{"\\\\":"\\"1e-400","a":1e-400}],"b":[[0,1e-99],-2e-999],"__proto__":3e-500 ,"c":"\\ue000x"}';
    const expected = JSON.parse(
      text.replace('"a":1e-400', '"a":"tiny"').replace("-2e-999", '"tiny"').replace("3e-500 ", '"tiny"'),
      (_, value) => (value === "tiny" ? Number.NaN : value),
    );
    expect(parseJson(text)).toEqual(expected);
    expect(Object.keys(parseJson(text) as object)).toEqual(["1e-400", "b", "__proto__", "c"]);
    expect(parseJson("1e-400")).toBeNaN();
  });

  test("is found at any depth, among any number of others", () => {
    const deep = 100_000;
    let value = parseJson(`${"[".repeat(deep)}1e-400${"]".repeat(deep)}`);
    for (let k = 0; k < deep; k += 1) value = (value as unknown[])[0];
    expect(value).toBeNaN();
    const exponents = numbers(3000, 7);
    const numerals = numbers(3000, 8).map((x, k) => `${k % 10 === 0 ? 0 : x}e${Math.round(350 * exponents[k]!)}`);
    const read = parseJson(`[${numerals.join(",")}]`) as number[];
    const tiny = numerals.map((numeral) => Number(numeral) === 0 && !numeral.startsWith("0e"));
    expect(tiny.filter(Boolean).length).toBeGreaterThan(50);
    expect(read.map(Number.isNaN)).toEqual(tiny);
    expect(read.filter((_, k) => !tiny[k])).toEqual(numerals.filter((_, k) => !tiny[k]).map(Number));
  });

  test("is refused without end in a text of many", () => {
    const many = `[${"1e-400,".repeat(2 ** 17)}1e-400]`;
    expect(() => inFile("cell.json", () => parseJson(many))).toThrow(DlstmError);
    expect(() => inFile("cell.json", () => parseJson(many))).toThrow(
      /cell\.json: more than 131072 numbers that are not zero/,
    );
  });

  test("earns nothing in an answer, as NaN does, and the rest of it stands", () => {
    expect(parseAnswerJson('{"h_t":[1e-400,NaN,0.5,0]}', null)).toEqual({ h_t: [NaN, NaN, 0.5, 0] });
  });

  test.each([
    ['{"U_f":[[1e-400]]}', "U_f[0][0]"],
    ['{"U_f":[[1]],"c_prev":[-1e-400]}', "c_prev[0]"],
    ['{"weight_ih":[[1],[1],[1],[1]],"weight_hh":[[1],[1],[1],[1e-400]]}', "weight_hh[3][0]"],
    [
      '{"weight_ih":[[1],[1],[1],[1]],"weight_hh":[[1],[1],[1],[1]],"bias_ih":[1e-400,0,0,0],"bias_hh":[0,0,0,0]}',
      "bias_ih[0]",
    ],
  ])("is refused in %s", (text, place) => {
    expect(() => readJsonCell(parseJson(text))).toThrow(`${place}: a number that is not zero but nearer to it`);
  });

  test("does no harm in what is no part of the cell", () => {
    const text = '{"model":{"weight_ih":[[1],[1],[1],[1]],"weight_hh":[[1],[1],[1],[1]]},"exp_avg":[1e-400]}';
    expect(readJsonCell(parseJson(text)).hiddenSize).toBe(1);
  });
});
