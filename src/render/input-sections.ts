import { PREVIOUS } from "../lstm/letters.ts";
import type { InputJacobian, SequenceResult, Spectrum } from "../lstm/results/records.ts";
import { derivative, product, sub, sup } from "../notation/formula.ts";
import type { Formula } from "../notation/formula-tree.ts";
import { column, matrixSection, type Section, tableSection } from "./section.ts";
import { chart, stepSection } from "./sequence-sections.ts";
import { logarithmSymbol, textOf } from "./symbols.ts";

/** What `--wrt x` adds: how much of each input reaches the end, and the spectra of the Jacobians; with `steps` the entries too. */
export function inputSections(result: SequenceResult, steps: boolean): Section[] {
  const { input_jacobian: inputs } = result;
  if (inputs === undefined) return [];
  const entries = steps ? inputs.flatMap((input) => entrySections(input, result.to_step)) : [];
  return [normSection(inputs, result.to_step), ...entries, wholeSpectrum(result), stepSpectra(result)];
}

/** ‖∂h_T/∂x_t‖ */
export function inputNormSymbol(of: "h" | "c", end: number): Formula {
  return { kind: "fence", fence: "‖‖", of: derivative(sub(of, end), sub("x", "t")) };
}

function normSection(inputs: readonly InputJacobian[], end: number): Section {
  const [h, c] = (["h", "c"] as const).map((of) => inputNormSymbol(of, end));
  const columns = [
    column(h, (row) => inputs[row].h_T_norm, BEYOND),
    column(logarithmSymbol(h), (row) => inputs[row].h_T_log10, "zero"),
    column(c, (row) => inputs[row].c_T_norm, BEYOND),
    column(logarithmSymbol(c), (row) => inputs[row].c_T_log10, "zero"),
  ];
  const captions = [
    ...logarithmChart(
      h,
      inputs,
      inputs.map(({ h_T_log10 }) => h_T_log10),
    ),
    ...logarithmChart(
      c,
      inputs,
      inputs.map(({ c_T_log10 }) => c_T_log10),
    ),
  ];
  return { ...stepSection("inputs", inputs, columns), captions };
}

const BEYOND = "no double";

function logarithmChart(of: Formula, inputs: readonly InputJacobian[], values: readonly (number | null)[]): string[] {
  return chart(textOf(logarithmSymbol(of)), inputs, values);
}

function entrySections({ t, h_T, c_T, exponent2 = 0 }: InputJacobian, end: number): Section[] {
  const scaled = (symbol: Formula) => (exponent2 === 0 ? symbol : product(symbol, "×", sup(2, -exponent2)));
  const parts = [
    ["h", h_T],
    ["c", c_T],
  ] as const;
  return parts.flatMap(([of, matrix]) =>
    matrix === undefined ? [] : [matrixSection(scaled(derivative(sub(of, end), sub("x", t))), matrix)],
  );
}

/** A row each, the largest first: an eigenvalue does not belong to the singular value beside it. */
function wholeSpectrum({ eigenvalues = [], singular_log10 = [], ...result }: SequenceResult): Section {
  const { exponent2, from_step, to_step } = result;
  const columns = [
    column("re λ", (row) => eigenvalues[row].re, BEYOND),
    column("im λ", (row) => eigenvalues[row].im, BEYOND),
    column("|λ|", (row) => modulus(eigenvalues[row]), BEYOND),
    column("log10 σ", (row) => singular_log10[row], "-"),
  ];
  const unit = exponent2 === 0 ? [] : [`λ in units of 2^${exponent2}`];
  const captions = [...unit, "λ: eigenvalues; σ: singular values, by factors; -: zero, or not known to 1e-6"];
  const symbol = derivative(sub("s", to_step), sub("s", from_step));
  return { ...tableSection(symbol, eigenvalues.length, columns), captions };
}

function modulus({ re, im }: Spectrum["eigenvalues"][number]): number | null {
  return re === null || im === null ? null : Math.hypot(re, im);
}

function stepSpectra({ flow }: SequenceResult): Section {
  const ofStep = (row: number) => flow[row].singular_log10 ?? [];
  const columns = [
    column("largest |λ|", (row) => modulus(flow[row].eigenvalues?.[0] ?? { re: null, im: null }), BEYOND),
    column("largest log10 σ", (row) => ofStep(row)[0], "-"),
    column("smallest log10 σ", (row) => ofStep(row).at(-1) ?? null, "-"),
  ];
  return stepSection(derivative(sub("s", "t"), sub("s", PREVIOUS)), flow, columns);
}
