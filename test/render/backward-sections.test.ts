import { describe, expect, test } from "vitest";
import { parseCell } from "../../src/input/parse-cell.ts";
import type { Matrix } from "../../src/linalg/matrix.ts";
import { backwardResult } from "../../src/lstm/results/backward.ts";
import { backwardCaptions, backwardSections } from "../../src/render/backward-sections.ts";
import type { Section } from "../../src/render/section.ts";
import { captionsOf } from "../../src/render/sections.ts";
import { fixture } from "../helpers/fixtures.ts";

const resultOf = (name: string, more: object = {}, steps = false) =>
  backwardResult(parseCell({ ...fixture<object>(`${name}.json`), ...more }), { steps });
const U = [[1]];
const bare = (more: object = {}) =>
  backwardResult(parseCell({ U_f: U, U_i: U, U_o: U, U_u: U, ...more }), { steps: false });
const labels = ({ columns }: Section) => columns.map(({ label }) => label);
const MATRICES = ["∂L/∂W_f", "∂L/∂W_i", "∂L/∂W_o", "∂L/∂W_u", "∂L/∂U_f", "∂L/∂U_i", "∂L/∂U_o", "∂L/∂U_u"];

describe("backwardSections", () => {
  test("has L, the input, the state, the biases and a table a matrix", () => {
    const sections = backwardSections(resultOf("bias-and-input"));
    expect(sections.map(({ title }) => title)).toEqual(["loss", "input", "state", "bias", ...MATRICES]);
    const [loss, input, state, bias] = sections;
    expect([labels(loss!), labels(input!)]).toEqual([["L"], ["∂L/∂x_t"]]);
    expect(labels(state!)).toEqual(["∂L/∂h_{t-1}", "∂L/∂c_{t-1}"]);
    expect(labels(bias!)).toEqual(["∂L/∂b_f", "∂L/∂b_i", "∂L/∂b_o", "∂L/∂b_u"]);
    expect([loss!.rowLabel(0), input!.rows, state!.rows]).toEqual(["", 2, 3]);
  });

  test("shows in each table the gradient that its title names", () => {
    const result = resultOf("bias-and-input");
    const sections = backwardSections(result);
    const W_o = sections.find(({ title }) => title === "∂L/∂W_o")!;
    expect(W_o.columns[1]!.at(2)).toBe((result.gradient.W_o as Matrix).data[5]);
    const bias = sections.find(({ title }) => title === "bias")!;
    expect(bias.columns[3]!.at(1)).toBe((result.gradient.b_u as Float64Array)[1]);
    expect(sections[0]!.columns[0]!.at(0)).toBe(result.loss);
  });

  test("names the state before the first step of a sequence, and labels the rows of x by step", () => {
    const sections = backwardSections(resultOf("sequence"));
    const x = sections.find(({ title }) => title === "∂L/∂x")!;
    expect([x.rowLabel(0), x.rowLabel(4), x.rows, x.columns.length]).toEqual(["t = 1", "t = 5", 5, 2]);
    expect(labels(sections.find(({ title }) => title === "state")!)).toEqual(["∂L/∂h_0", "∂L/∂c_0"]);
  });

  test("shows the intermediate gradients of every step, in order, after L", () => {
    const result = resultOf("sequence", {}, true);
    const titles = backwardSections(result).map(({ title }) => title);
    expect(titles.slice(0, 7)).toEqual(["loss", "step 1", "step 2", "step 3", "step 4", "step 5", "∂L/∂x"]);
    const step = backwardSections(result)[3]!;
    expect(labels(step)).toEqual(["∂L/∂h_t", "∂L/∂c_t", "∂L/∂z_f", "∂L/∂z_i", "∂L/∂z_o", "∂L/∂z_u"]);
    expect(step.columns[4]!.at(1)).toBe(result.steps![2]!.dz_o[1]);
  });

  test("has no table for what the cell lacks", () => {
    const titles = backwardSections(bare()).map(({ title }) => title);
    expect(titles).toEqual(["loss", "state", "bias", ...MATRICES.slice(4)]);
  });

  test("takes more steps than a call has arguments", () => {
    const one = resultOf("bias-and-input", {}, true);
    const steps = Array(200_000).fill(one.steps![0]);
    expect(backwardSections({ ...one, steps }).length).toBeGreaterThan(200_000);
  });
});

describe("backwardCaptions", () => {
  test("say where dh_t was taken as ones: of a sequence, at its last step", () => {
    expect(backwardCaptions(bare())).toEqual(["dh_t not given: taken as ones"]);
    expect(backwardCaptions(resultOf("sequence"))).toEqual(["dh_t not given: taken as ones at the last step"]);
    expect(backwardCaptions(bare({ dh_t: [1] }))).toEqual([]);
  });

  test("stand beside those on state taken as zero, which of a sequence is that before its first step", () => {
    expect(captionsOf(bare({ dh_t: [1] }))).toEqual(["h_{t-1}, c_{t-1} not given: taken as zero"]);
    const W = [[1]];
    const sequence = bare({ W_f: W, W_i: W, W_o: W, W_u: W, x: [[1]], dh_t: [1] });
    expect(captionsOf(sequence)).toEqual(["h_0, c_0 not given: taken as zero"]);
  });
});
