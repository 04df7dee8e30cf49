import { describe, expect, test } from "vitest";
import { vector } from "../../src/grade/entries.ts";
import { unlessVanished } from "../../src/grade/follow-through.ts";
import { Grader } from "../../src/grade/grade.ts";
import { cellKey } from "../../src/grade/key.ts";
import { DEFAULT_TOLERANCE, judged } from "../../src/grade/tolerance.ts";
import { parseCell } from "../../src/input/parse-cell.ts";
import { GATES, type NativeCell, reference } from "../promise/reference.ts";
import { dot, norm, plus, randomCell, scaleRows, sigma, tanhPrime, workOut } from "./lesson.ts";

const native = randomCell(21);
const key = cellKey(parseCell(native));
const plain = new Grader(key);
const following = new Grader(key, { followThrough: true });
const { z, gates, c_t, h_t } = workOut(native);

/** A student with a slip in one gate, half of it right, who does all else right with it. */
const slipped = (right: readonly number[], slip: (x: number) => number) => right.map((x, d) => (d < 2 ? slip(x) : x));
const f = slipped(gates.f, (x) => 0.9 * x);
const own_c_t = f.map((x, d) => x * native.c_prev[d] + gates.i[d] * gates.u[d]);
const own_h_t = gates.o.map((o, d) => o * Math.tanh(own_c_t[d]));
const statuses = (grader: Grader, answer: unknown) =>
  Object.fromEntries(grader.grade(answer).tests.map(({ name, status }) => [name, status]));

test("what has come to nothing is judged by the key, also where that is 1, and a zero of the key stays one", () => {
  const [own, right] = [
    [0, 0, 0.5],
    [1, 0, 0.25],
  ].map((data) => judged(vector(Float64Array.from(data)), DEFAULT_TOLERANCE));
  expect([...unlessVanished(own!, right!).entries.data]).toEqual([1, 0, 0.5]);
});

describe("follow-through", () => {
  test("counts one slip once: c_t and h_t follow from the student's own gates", () => {
    const answer = { gates: { ...gates, f }, c_t: own_c_t, h_t: own_h_t };
    expect(plain.grade(answer)).toMatchObject({ score: 4.5, max_score: 6 });
    const result = following.grade(answer);
    expect(result).toMatchObject({ score: 5.5, max_score: 6, passed: false, first_wrong: "gates.f" });
    expect(result.tests.at(-1)).toMatchObject({ name: "h_t", status: "passed", worst: null });
    expect(result.tests.at(-2)!.followed).toEqual(["gates.f"]);
    expect(result.tests.at(-2)!.message).toBe("all 4 entries are right, given your own gates.f");
  });

  test("goes on to Jacobians, with the derivative of a wrong gate taken from the gate: f(1 − f)", () => {
    const wrong_c_t = slipped(c_t, (c) => c + 0.25);
    const primes = {
      f: f.map((x) => x * (1 - x)),
      i: workOut(native).prime.i,
      o: workOut(native).prime.o,
      u: workOut(native).prime.u,
    };
    const byState = gates.o.map((o, d) => o * tanhPrime(wrong_c_t[d]));
    const weights = {
      f: primes.f.map((p, d) => byState[d] * native.c_prev[d] * p),
      i: primes.i.map((p, d) => byState[d] * gates.u[d] * p),
      o: primes.o.map((p, d) => Math.tanh(wrong_c_t[d]) * p),
      u: primes.u.map((p, d) => byState[d] * gates.i[d] * p),
    };
    const answer = {
      gates: { f },
      c_t: wrong_c_t,
      jacobian: {
        f: { h_prev: scaleRows(primes.f, native.U_f) },
        h_t: { h_prev: plus(...GATES.map((g) => scaleRows(weights[g], native[`U_${g}`]))) },
      },
      terms: { o: scaleRows(weights.o, native.U_o) },
    };
    expect(statuses(following, answer)).toEqual({
      "gates.f": "failed",
      c_t: "failed",
      "jacobian.f.h_prev": "passed",
      "jacobian.h_t.h_prev": "passed",
      "terms.o": "passed",
    });
  });

  test("goes from wrong gates to h_t where no c_t is given, and from a right c_t where it is", () => {
    expect(statuses(following, { gates: { f }, h_t: own_h_t })).toEqual({ "gates.f": "failed", h_t: "passed" });
    const byGate = f.map((x, d) => x * (1 - x) * native.c_prev[d]);
    const terms = (state: readonly number[]) => {
      const weights = byGate.map((w, d) => w * gates.o[d] * tanhPrime(state[d]));
      return { f: scaleRows(weights, native.U_f) };
    };
    expect(statuses(following, { gates: { f }, terms: terms(own_c_t) })).toMatchObject({ "terms.f": "passed" });
    const right = { gates: { f }, c_t, terms: terms(c_t) };
    expect(statuses(following, right)).toEqual({ "gates.f": "failed", c_t: "passed", "terms.f": "passed" });
  });

  test("takes c_t exactly where the wrong gate is no part of it, also where its summands cancel", () => {
    const U = { U_f: [[0]], U_i: [[0]], U_o: [[0]], U_u: [[0]] };
    const cancelling: NativeCell = { ...U, b_f: [0.3], b_i: [-0.7], b_o: [0.2], b_u: [0.9] };
    const [kept, let_in] = [sigma(0.3), sigma(-0.7) * Math.tanh(0.9)];
    const cell = { ...cancelling, c_prev: [(-let_in / kept) * (1 + 2 ** -45)] };
    const exact_c_t = Number(reference(cell).get("c_t")![0][0].value);
    expect(Math.abs(exact_c_t)).toBeLessThan(1e-14);
    const o = Math.tanh(0.2);
    const answer = { gates: { o: [o] }, h_t: [o * exact_c_t] };
    const grader = new Grader(cellKey(parseCell(cell)), { followThrough: true });
    expect(statuses(grader, answer)).toEqual({ "gates.o": "failed", h_t: "passed" });
  });

  test("goes from pre-activations to gates and on", () => {
    const own = slipped(z.f, (x) => x + 0.5);
    const own_f = own.map(sigma);
    const state = own_f.map((x, d) => x * native.c_prev[d] + gates.i[d] * gates.u[d]);
    const answer = { preactivations: { f: own }, gates: { f: own_f }, c_t: state };
    expect(statuses(following, answer)).toEqual({ "preactivations.f": "failed", "gates.f": "passed", c_t: "passed" });
    expect(statuses(plain, answer)).toEqual({ "preactivations.f": "failed", "gates.f": "failed", c_t: "failed" });
  });

  test("takes what is right as right, whatever stood before it, and forgives no second slip", () => {
    const answer = { gates: { ...gates, f }, c_t, h_t };
    expect(statuses(following, answer)).toMatchObject({ "gates.f": "failed", c_t: "passed", h_t: "passed" });
    const second = { gates: { ...gates, f }, c_t: own_c_t.map((c) => 1.1 * c), h_t: own_h_t };
    // h_t follows from the gates; what c_t came from, nobody knows
    expect(statuses(following, second)).toMatchObject({ c_t: "failed", h_t: "passed" });
  });

  test("follows nothing from what is no number, misshapen, or beyond the doubles", () => {
    for (const wrong of [f.map(() => null), f.slice(1), "f", f.map(() => 1.7e308)]) {
      expect(statuses(following, { gates: { f: wrong }, c_t: own_c_t })).toEqual({
        "gates.f": "failed",
        c_t: "failed",
      });
    }
  });

  test("gives no more room to others where the student's own number is huge", () => {
    const huge = [1e12, ...gates.f.slice(1)];
    const state = huge.map((x, d) => x * native.c_prev[d] + gates.i[d] * gates.u[d]);
    const [, c] = following.grade({ gates: { f: huge }, c_t: [state[0], ...state.slice(1).map((x) => x + 1)] }).tests;
    expect(c).toMatchObject({ right: 1, entries: 4, status: "failed" });
  });

  test("follows no zeros from zeros: who writes them everywhere has derived nothing", () => {
    const zero = native.c_prev.map(() => 0);
    const square = zero.map(() => zero);
    const answer = {
      gates: { f: zero, i: zero, o: zero, u: zero },
      c_t: zero,
      h_t: zero,
      jacobian: { f: { h_prev: square }, c_t: { h_prev: square }, h_t: { h_prev: square } },
      terms: { o: square, f: square, i: square, u: square },
    };
    const result = following.grade(answer);
    expect(result).toMatchObject({ score: 0, max_score: 13 });
    // of a saturated gate among the student's own, the other rows still count
    const saturated = [1, ...f.slice(1)];
    const own = scaleRows(
      saturated.map((x) => x * (1 - x)),
      native.U_f,
    );
    const [, jacobian] = following.grade({ gates: { f: saturated }, jacobian: { f: { h_prev: own } } }).tests;
    expect(jacobian).toMatchObject({ right: 12, entries: 16, map: ["xxxx", "....", "....", "...."] });
    expect(jacobian.worst).toMatchObject({ row: 0, answer: 0 });
    expect(jacobian.worst?.expected).not.toBe(0);
  });

  test("follows nothing from numbers that are made up: the same everywhere, or neither a mistake nor half right", () => {
    const from = (own: readonly number[]) => {
      const state = own.map((x, d) => x * native.c_prev[d] + gates.i[d] * gates.u[d]);
      return statuses(following, { gates: { f: own }, c_t: state });
    };
    expect(from(f)).toEqual({ "gates.f": "failed", c_t: "passed" });
    expect(from(z.f.map(Math.tanh))).toEqual({ "gates.f": "failed", c_t: "passed" });
    for (const made of [[0.5, 0.5, 0.5, 0.5], [0.1, 0.2, 0.3, 0.4], gates.f.map((x) => 0.9 * x)]) {
      expect(from(made)).toEqual({ "gates.f": "failed", c_t: "failed" });
    }
  });

  test("leaves nothing behind for the next student", () => {
    const answer = { c_t: own_c_t };
    const before = following.grade(answer);
    following.grade({ gates: { f } });
    expect(following.grade(answer)).toEqual(before);
    expect(before.passed).toBe(false);
  });

  test("takes an optimum's activation at the student's own pre-activation", () => {
    const right = native.b_f.map((b, d) => b + dot(native.W_f[d], native.x_t) + norm(native.U_f[d]));
    const units = slipped(right, (x) => x - 0.7).map((x, unit) => ({ unit, preactivation: x, activation: sigma(x) }));
    expect(statuses(following, { optimum: { gates: { f: units } } })).toEqual({
      "optimum.2.max.f.preactivation": "failed",
      "optimum.2.max.f.activation": "passed",
    });
  });
});
