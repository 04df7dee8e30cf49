import { describe, expect, test } from "vitest";
import { MATRIX_KEYS, UPSTREAM_KEYS, VECTOR_KEYS } from "../../src/input/keys.ts";
import { GATES, OUTPUTS } from "../../src/lstm/names.ts";
import { nearest, nearestIs } from "../../src/words/nearest.ts";

const NATIVE = [...MATRIX_KEYS, ...VECTOR_KEYS, ...UPSTREAM_KEYS];

const KEYS = ["W_f", "U_f", "h_prev", "c_prev"];

describe("nearest", () => {
  test.each([
    ["W_f", "W_f"],
    ["Wf", "W_f"],
    ["h_perv", "h_prev"],
    ["c_previous", "c_prev"],
    ["version", null],
    ["W", null],
    ["", null],
    ["h_prev".repeat(20), null],
  ])("of %j is %j: at most half of the letters are others", (word, found) => {
    expect(nearest(word, KEYS)).toBe(found);
    expect(nearestIs(word, KEYS)).toBe(found === null ? "" : `; the nearest is ${found}`);
  });

  test("takes two letters that have changed places for one change, and the same first letter before another", () => {
    const shells = ["bash", "zsh", "fish"];
    expect(["fsh", "fsih", "sh", "basj", "zhs"].map((word) => nearest(word, shells))).toEqual([
      "fish",
      "fish",
      "zsh",
      "bash",
      "zsh",
    ]);
    expect(nearest("fo", ["of", "go"])).toBe("of");
    expect(nearest("cell_state", OUTPUTS)).toBe("c_t");
    expect(nearest("cell", GATES)).toBe("u");
  });

  test.each([
    [["U_g", "U_c", "V_g", "R_c", "W_hg", "W_hc", "Whc", "R_z", "u_u", "U_cell", "U_candidate", "U_{c}"], "U_u"],
    [["W_g", "W_c", "W_xc", "W_ig", "Wc", "W_z", "W_j", "w_u", "W_c_tilde"], "W_u"],
    [["b_g", "b_c", "b_ig", "b_hg", "bias_c", "bc"], "b_u"],
    [["V_f", "R_f", "W_hf", "Uf", "u_f", "W_h_f", "recurrent_f", "U_forget_gate"], "U_f"],
    [["W_xi", "W_ii", "Wi", "W_in", "W-i", "W.input"], "W_i"],
    [["W_hi", "R_i", "V_i", "U_input"], "U_i"],
    [["W_xo", "W_io", "W_out"], "W_o"],
    [["W_ho", "R_o"], "U_o"],
    [["b_if", "b_hf", "bf", "B_f"], "b_f"],
    [["h_0", "h0", "hx", "h_{t-1}", "h_tm1", "a_prev", "prev_h", "initial_h"], "h_prev"],
    [["c_0", "c0", "cx", "c_t-1", "c_tm1", "initial_c", "cell_state", "C_prev", "C-Prev"], "c_prev"],
    [["xt", "x_0", "input"], "x_t"],
    [["dh", "da_next", "grad_h"], "dh_t"],
    [["dc", "dc_next"], "dc_t"],
    [["h_t", "c_t"], null],
  ])("of %j among the keys of a cell is %j, by what the field calls it", (words, found) => {
    for (const word of words) expect([word, nearest(word, NATIVE)]).toEqual([word, found]);
  });

  test.each([
    ["g", "u"],
    ["c", "c_t"],
    ["h", "h_t"],
    ["forget", "f"],
    ["tanh_c", "tanh_c_t"],
  ])("of %j among the outputs is %j", (word, found) => {
    expect(nearest(word, OUTPUTS)).toBe(found);
    expect(nearestIs(word, OUTPUTS)).toBe(`; the nearest is ${found}`);
  });

  test.each(["W_f", "x_f", "z", "toString", "[", "g".repeat(200)])("%j is near none of the outputs", (word) => {
    expect(nearestIs(word, OUTPUTS)).toBe("");
  });

  test("is none where nothing is known", () => {
    expect(nearest("W_f", [])).toBeNull();
  });
});
