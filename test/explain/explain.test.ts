import { describe, expect, test } from "vitest";
import type { Topic } from "../../src/explain/topic.ts";
import { TOPICS, type TopicName } from "../../src/explain/topic-names.ts";
import { proseOf } from "../../src/render/explanation.ts";
import { formulaLine } from "../../src/render/formula-text.ts";
import { explained, stepsOf } from "../helpers/formulas.ts";

const line = (said: Topic["title"]) =>
  proseOf(
    said,
    (text) => text,
    (formula) => formulaLine(formula, String),
  );

/** What a teacher must have said, by topic: rules, and the formulas in which they end. */
const CONTENT: Record<TopicName, { rules: RegExp[]; formulas: string[]; words?: RegExp[] }> = {
  dependency: {
    rules: [/^c_\{t-1\} is not a function of h_\{t-1\}$/, /chain rule/],
    formulas: [
      "∂c_{t-1}/∂h_{t-1} = 0",
      "∂c_t/∂h_{t-1} = diag(c_{t-1}) ∂f_t/∂h_{t-1} + diag(u_t) ∂i_t/∂h_{t-1} + diag(i_t) ∂u_t/∂h_{t-1}",
      "∂g_t/∂c_{t-1} = 0",
    ],
    words: [/output gate .* does not occur in the equation of c_t/],
  },
  sigmoid: {
    rules: [/definition/, /chain rule/, /monotonicity/, /nothing cancels/],
    formulas: [
      "σ(z) = 1/(1 + e^{-z})",
      "σ'(z) = 1/(1 + e^{-z}) · e^{-z}/(1 + e^{-z}) = σ(z) (1 − σ(z)) = σ(z) σ(−z)",
      "σ'(z) = σ'(|z|) = e^{-|z|}/(1 + e^{-|z|})²",
    ],
    words: [/rounds to 1/, /overflows/],
  },
  tanh: {
    rules: [/quotient rule/, /chain rule/],
    formulas: [
      "tanh'(x) = ((e^x + e^{-x})² − (e^x − e^{-x})²)/(e^x + e^{-x})² = 1 − tanh² x",
      "tanh'(x) = 4 σ'(2 x) = 4 e^{-2 |x|}/(1 + e^{-2 |x|})²",
      "(e^x + e^{-x})² − (e^x − e^{-x})² = 4 e^x e^{-x} = 4",
      "0 < tanh'(x) ≤ 1",
    ],
  },
  "forget-gate": {
    rules: [/linearity/, /chain rule/, /scales rows/],
    formulas: [
      "∂f_t/∂h_{t-1} = ∂f_t/∂z_f · ∂z_f/∂h_{t-1} = diag(σ'(z_f)) U_f",
      "|∂f_t^(d)/∂h_k| ≤ 1/4 · |U_{d,k}|",
      "∂i_t/∂h_{t-1} = diag(σ'(z_i)) U_i",
      "∂o_t/∂h_{t-1} = diag(σ'(z_o)) U_o",
      "∂u_t/∂h_{t-1} = diag(tanh'(z_u)) U_u",
    ],
    words: [/would scale column k/],
  },
  "hidden-state": {
    rules: [/product rule/, /chain rule/, /c_\{t-1\} is not a function of h_\{t-1\}/, /sum over the paths/],
    formulas: [
      "T_o = diag(tanh(c_t) ∘ σ'(z_o)) U_o",
      "T_f = diag(o_t ∘ tanh'(c_t) ∘ c_{t-1} ∘ σ'(z_f)) U_f",
      "T_i = diag(o_t ∘ tanh'(c_t) ∘ u_t ∘ σ'(z_i)) U_i",
      "T_u = diag(o_t ∘ tanh'(c_t) ∘ i_t ∘ tanh'(z_u)) U_u",
      "∂h_t/∂h_{t-1} = T_o + T_f + T_i + T_u",
    ],
  },
  "cell-state": {
    rules: [/product rule/, /memory/],
    formulas: [
      "∂c_t/∂h_{t-1} = diag(c_{t-1} ∘ σ'(z_f)) U_f + diag(u_t ∘ σ'(z_i)) U_i + diag(i_t ∘ tanh'(z_u)) U_u",
      "∂c_t/∂c_{t-1} = diag(f_t)",
      "∂h_t/∂c_{t-1} = ∂h_t/∂c_t · ∂c_t/∂c_{t-1} = diag(o_t ∘ tanh'(c_t) ∘ f_t)",
      "∂c_t/∂x_t = diag(c_{t-1} ∘ σ'(z_f)) W_f + diag(u_t ∘ σ'(z_i)) W_i + diag(i_t ∘ tanh'(z_u)) W_u",
    ],
  },
  optimum: {
    rules: [
      /monotonicity/,
      /Cauchy–Schwarz/,
      /Hölder for p = 1/,
      /Hölder for p = ∞/,
      /zero row/,
      /Lagrange/,
      /certificate/,
    ],
    formulas: [
      "h* = U_f^(d)/‖U_f^(d)‖₂",
      "max_{‖h‖₂ = 1} f_t^(d)(h) = σ(W_f^(d) x_t + b_f^(d) + ‖U_f^(d)‖₂)",
      "0 ≤ ‖a − ‖a‖₂ h‖₂² = 2 ‖a‖₂² − 2 ‖a‖₂ (a · h)",
      "min_{‖h‖_p = 1} f_t^(d)(h) = σ(W_f^(d) x_t + b_f^(d) − ‖U_f^(d)‖_q)",
      "h* = sign(a_m) e_m",
      "h_k* = sign(a_k)",
      "Σ_g ∂h_t^(d)/∂z_g U_g^(d) = λ h",
    ],
    words: [/never the norm itself/, /tie/, /every unit vector is optimal/],
  },
  backward: {
    rules: [/definition/, /chain rule/, /outer products/],
    formulas: [
      "L = dh_t · h_t + dc_t · c_t",
      "∂L/∂c_t = dc_t + (∂h_t/∂c_t)ᵀ ∂L/∂h_t = dc_t + o_t ∘ tanh'(c_t) ∘ dh_t",
      "∂L/∂z_o = ∂L/∂h_t ∘ tanh(c_t) ∘ σ'(z_o)",
      "∂L/∂z_f = ∂L/∂c_t ∘ c_{t-1} ∘ σ'(z_f)",
      "∂L/∂z_i = ∂L/∂c_t ∘ u_t ∘ σ'(z_i)",
      "∂L/∂z_u = ∂L/∂c_t ∘ i_t ∘ tanh'(z_u)",
      "∂L/∂h_{t-1} = Σ_g U_gᵀ ∂L/∂z_g",
      "∂L/∂x_t = Σ_g W_gᵀ ∂L/∂z_g",
      "∂L/∂c_{t-1} = ∂L/∂c_t ∘ f_t",
      "∂L/∂U_g = ∂L/∂z_g h_{t-1}ᵀ",
      "∂L/∂W_g = ∂L/∂z_g x_tᵀ",
      "∂L/∂h_{t-1} = (∂h_t/∂h_{t-1})ᵀ dh_t + (∂c_t/∂h_{t-1})ᵀ dc_t",
    ],
  },
  parameters: {
    rules: [/which weights a unit sees/, /chain rule/, /does not see/],
    formulas: ["∂h_t^(d)/∂U_{d,j} = ∂h_t^(d)/∂z_g^(d) · h_j", "∂c_t^(d)/∂W_o = 0"],
    words: [/occurs in unit d of z_g and nowhere else/],
  },
  hessian: {
    rules: [/slopes once more/, /a block a unit/, /second chain rule/, /back to the inputs/],
    formulas: [
      "σ''(z) = −σ'(z) tanh(z/2)",
      "K_{f,f} = B (c_{t-1} σ'(z_f))² + a c_{t-1} σ''(z_f)",
      "∂²L/(∂h_{t-1} ∂h_{t-1}) = Σ_d Σ_{g,k} K_{g,k}^(d) (U_g^(d))ᵀ U_k^(d)",
    ],
    words: [/symmetric 5 × 5 block/],
  },
  sequence: {
    rules: [/chain rule over the steps/, /chain rule, by an input/, /memory's path/, /norm of a product/, /singular/],
    formulas: [
      "∂s_T/∂x_t = ∂s_T/∂s_{T-1} … ∂s_{t+1}/∂s_t · ∂s_t/∂x_t",
      "σ_1 = ‖∂s_T/∂s_0‖₂",
      "∂s_T/∂s_0 = ∂s_T/∂s_{T-1} … ∂s_2/∂s_1 · ∂s_1/∂s_0",
      "‖∂s_T/∂s_0‖₂ ≤ Π_t ‖∂s_t/∂s_{t-1}‖₂",
      "diag(f_T) … diag(f_1) = diag(Π_t f_t)",
      "∂h_2/∂h_0 = ∂h_2/∂h_1 · ∂h_1/∂h_0 + ∂h_2/∂c_1 · ∂c_1/∂h_0",
    ],
  },
};

describe("a derivation", () => {
  test("has all topics in their order", () => {
    expect(explained(null).topics.map(({ topic }) => topic)).toEqual(TOPICS);
  });

  test.each(TOPICS)("of %s has its rules, its formulas and its reasons", (topic) => {
    const { topics } = explained(null, { topics: [topic] });
    expect(topics.map((each) => each.topic)).toEqual([topic]);
    const [{ steps }] = topics;
    const rules = steps.map(({ rule }) => line(rule));
    const formulas = steps.flatMap((step) => step.formulas.map((formula) => formulaLine(formula, String)));
    const reasons = steps.map(({ reason }) => line(reason)).join("\n");
    for (const rule of CONTENT[topic].rules) expect(rules).toContainEqual(expect.stringMatching(rule));
    for (const formula of CONTENT[topic].formulas) expect(formulas).toContain(formula);
    for (const word of CONTENT[topic].words ?? []) expect(reasons).toMatch(word);
    for (const step of steps) expect([step.formulas.length > 0, line(step.reason).length > 20]).toEqual([true, true]);
  });

  test("without a cell is symbols only", () => {
    expect(stepsOf(explained(null)).flatMap(({ numbers, remarks }) => [...numbers, ...remarks])).toEqual([]);
  });

  test("of a partial cell tells what it can, and which keys the rest lacks", () => {
    const explanation = explained("forget-gate-only.json");
    const steps = stepsOf(explanation);
    expect(steps.flatMap(({ numbers }) => numbers.map(({ path }) => path))).toContain("jacobian.f.h_prev");
    const remarks = steps.flatMap((step) => step.remarks);
    expect(remarks).toContain("no numbers here, for want of U_i, U_o, U_u");
    expect(explanation.missing?.h_t).toEqual(["U_i", "U_o", "U_u"]);
  });

  test("names zero rows and ties", () => {
    const remarks = stepsOf(explained("zero-row.json", { topics: ["optimum"] })).flatMap((step) => step.remarks);
    expect(remarks).toEqual([
      "not the only optimum for unit 1: several entries of the row tie for the largest",
      "not the only optimum for unit 2: the row has entries that are zero",
      "zero rows of U_f: 0",
    ]);
  });

  test("of a unit names its own ties and zeros alone", () => {
    const remarks = (unit: number) =>
      stepsOf(explained("zero-row.json", { topics: ["optimum"], unit })).flatMap((step) => step.remarks);
    expect(remarks(0)).toEqual(["row 0 of U_f is zero"]);
    expect(remarks(1)).toEqual([
      "not the only optimum for unit 1: several entries of the row tie for the largest",
      "row 1 of U_f is not zero",
    ]);
  });

  test("says what it took as zero, and as one", () => {
    expect(explained({ U_f: [[1]] }).assumed_zero).toEqual(["h_prev"]);
    expect(explained({ U_f: [[1]] })).not.toHaveProperty("assumed_one");
    expect(explained("homework6.json").assumed_one).toEqual(["dh_t"]);
    expect(explained("homework6.json", { topics: ["tanh"] })).not.toHaveProperty("assumed_one");
  });

  test("takes its numbers from the step asked for", () => {
    const zAt = (step: number | null) => {
      const { numbers } = explained("sequence.json", { topics: ["sigmoid"], step }).topics[0].steps[0];
      return numbers[0].value;
    };
    expect(zAt(null)).toEqual(zAt(1));
    expect(zAt(2)).not.toEqual(zAt(1));
  });

  test.each([
    [{ unit: 0 }, null, "--unit: only with a cell, whose unit it is"],
    [{ unit: 2 }, "homework6.json", "--unit: 2, expected 0 … 1, the units of this cell"],
    [{ step: 2 }, "homework6.json", "--step: the cell has no sequence x, expected one"],
    [{ step: 9 }, "sequence.json", "--step: 9, expected 1 … 5, the steps of x"],
  ])("refuses %j of %s", (request, cell, message) => {
    expect(() => explained(cell, request)).toThrow(message);
  });
});

test("a product of steps beyond the doubles is said to be so, and its size is told", () => {
  const x = Array.from({ length: 120 }, () => [0]);
  const zero = [[0]];
  const cell = {
    W_f: zero,
    W_i: zero,
    W_o: zero,
    W_u: zero,
    U_f: zero,
    U_i: zero,
    U_o: zero,
    U_u: zero,
    b_f: [-30],
    x,
  };
  const steps = stepsOf(explained(cell, { topics: ["sequence"] }));
  expect(steps[1].remarks[0]).toMatch(/^the entries of the product lie beyond the normal doubles/);
  const logarithms = steps[5].numbers.find(({ path }) => path === "sequence.flow.to_end_log10")!.value as Float64Array;
  // f = σ(−30) at each of the 119 steps that follow the first, and in the end (h, c) moves by (o, 1) = (1/2, 1) times that
  expect(logarithms[0]).toBeCloseTo((119 * -30) / Math.LN10 + Math.log10(Math.hypot(0.5, 1)), 6);
});
