import { describe, expect, test } from "vitest";
import { fixture } from "../helpers/fixtures.ts";
import { CELLS } from "../helpers/formulas.ts";
import { resultOf } from "../helpers/run.ts";

type Nested = number | null | readonly Nested[];
interface Shown {
  readonly path: string;
  readonly value: Nested;
}

const OUTPUTS = ["f", "i", "o", "u", "c_t", "tanh_c_t", "h_t"];

/** What no command prints under that name; it is held against what they do print, below. */
const INTERMEDIATE_NUMBERS = /^(derivatives|sensitivities|sums|tanh_c_t|[UWb]_[fiou]$|sequence\.memory_path)/;

const EPSILON = 2 ** -52;

function shownBy(args: readonly string[]): Shown[] {
  const { topics } = resultOf(["explain", ...args, "--json"]) as { topics: { steps: { numbers: Shown[] }[] }[] };
  return topics.flatMap(({ steps }) => steps.flatMap(({ numbers }) => numbers));
}

/** Every number that the other commands print of a cell, by path. */
function printed(cell: string): Map<string, Nested> {
  const json = fixture(cell);
  const file = `fixtures/${cell}`;
  const isSequence = "x" in json;
  const isWhole = "U_u" in json;
  const step = isSequence ? ["--step", "1"] : [];
  const found = new Map<string, Nested>();
  add(found, resultOf(["forward", file, ...step, "--json"]));
  const hasInput = "W_f" in json && ("x" in json || "x_t" in json);
  const parameters = ["U_f", "b_f", ...(isWhole ? ["b_o"] : []), ...(hasInput ? ["W_f"] : [])];
  const wrt = ["h_prev", "c_prev", ...("W_f" in json ? ["x_t"] : []), ...parameters].join(",");
  const of = isWhole ? ["--of", OUTPUTS.join(","), "--terms"] : ["--of", "f"];
  add(found, resultOf(["jacobian", file, ...step, ...of, "--wrt", wrt, "--json"]));
  for (const norm of ["1", "2", "inf"]) {
    for (const goal of ["max", "min"]) addOptimum(found, file, [...step, "--norm", norm], goal);
  }
  if (!isWhole) return found;
  const { steps, ...backward } = resultOf(["backward", file, ...step, "--steps", "--json", "-q"]) as {
    steps: object[];
  };
  add(found, { ...backward, steps: steps[0] });
  if (cell !== BEYOND) add(found, resultOf(["hessian", file, ...step, "--json"]));
  if (isSequence) addSequence(found, file);
  return found;
}

function add(found: Map<string, Nested>, value: unknown, path = ""): void {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    for (const [key, inner] of Object.entries(value)) add(found, inner, path ? `${path}.${key}` : key);
  } else found.set(path, value as Nested);
}

function addOptimum(found: Map<string, Nested>, file: string, args: string[], goal: string): void {
  const more = goal === "min" ? ["--minimize"] : [];
  const { optimum } = resultOf(["optimum", file, ...args, ...more, "--json"]) as {
    optimum: { norm: string; gates: { f: Record<string, Nested>[] } };
  };
  for (const key of ["h_prev", "preactivation", "activation"]) {
    found.set(
      `optimum.${optimum.norm}.${goal}.f.${key}`,
      optimum.gates.f.map((unit) => unit[key]),
    );
  }
}

function addSequence(found: Map<string, Nested>, file: string): void {
  const {
    jacobian,
    flow,
    input_jacobian: inputs,
  } = resultOf(["sequence", file, "--wrt", "x", "--norms", "--json"]) as {
    jacobian: object;
    flow: Record<string, number | null>[];
    input_jacobian: Record<string, number | null>[];
  };
  add(found, { sequence: { jacobian } });
  for (const key of ["h_T_log10", "c_T_log10"]) {
    found.set(
      `sequence.inputs.${key}`,
      inputs.map((norms) => norms[key]!),
    );
  }
  found.set(
    "sequence.flow.step_norm",
    flow.map(({ step_norm }) => step_norm),
  );
  found.set(
    "sequence.flow.to_end_log10",
    flow.map(({ to_end_log10 }) => to_end_log10),
  );
  for (const of of ["h_t", "c_t"]) {
    for (const wrt of ["h_prev", "c_prev"])
      found.set(`sequence.first.${of}.${wrt}`, found.get(`jacobian.${of}.${wrt}`)!);
  }
}

/** Of this cell some second derivatives leave the double range: the command fails, the derivation has the others. */
const BEYOND = "extreme-scales.json";

describe.each(CELLS)("the numbers of %s", (cell) => {
  const expected = printed(cell);
  const shown = shownBy(["--cell", `fixtures/${cell}`]);
  const isSequence = "x" in fixture(cell);

  test("equal those of jacobian, forward, optimum, backward and sequence at every step", () => {
    expect(shown.length).toBeGreaterThan(10);
    for (const { path, value } of shown) {
      if (INTERMEDIATE_NUMBERS.test(path)) continue;
      // a cell of one step is a sequence of one; its numbers are those of the step
      const name = isSequence ? path : asOneStep(path);
      if (name === null || (cell === BEYOND && path.startsWith("hessian."))) continue;
      expect(expected.has(name), path).toBe(true);
      expect(value, path).toEqual(expected.get(name));
    }
  });

  test("between them fit those that are printed", () => {
    const at = new Map(shown.map(({ path, value }) => [path, value]));
    const U = fixture<Record<string, number[][]>>(cell);
    for (const g of ["f", "i", "o", "u"]) {
      close(at, `derivatives.${g}`, U[`U_${g}`], expected.get(`jacobian.${g}.h_prev`));
    }
    const slope = at.get("derivatives.c_t") as number[] | undefined;
    const outward = at.get("sensitivities.c_t") as number[] | undefined;
    const gates = (g: string) => expected.get(`gates.${g}`) as number[];
    const byMemory = expected.get("jacobian.tanh_c_t.c_prev") as number[][];
    slope?.forEach((entry, d) => {
      expect(entry * gates("f")[d]).toBeCloseToRelatively(byMemory[d][d]);
    });
    outward?.forEach((entry, d) => {
      expect(entry).toBeCloseToRelatively(gates("o")[d] * slope![d]);
    });
    const tanh = at.get("tanh_c_t") as number[] | undefined;
    const h_t = expected.get("h_t") as number[];
    tanh?.forEach((entry, d) => {
      expect(entry * gates("o")[d]).toBeCloseToRelatively(h_t[d]);
    });
  });

  test("of one unit are its entries and rows of the same", () => {
    const unit = cell === "one-unit.json" ? 0 : 1;
    const whole = new Map(shown.map(({ path, value }) => [path, value]));
    for (const { path, value } of shownBy(["--cell", `fixtures/${cell}`, "--unit", String(unit), "optimum"])) {
      const [, name] = /^(.*)\[\d+\]$/.exec(path)!;
      expect(value, path).toEqual((whole.get(name) as Nested[])[unit]);
    }
  });
});

test("the memory's path is the product of the forget gates", () => {
  const { steps } = resultOf(["sequence", "fixtures/sequence.json", "--json"]) as {
    steps: { gates: { f: number[] } }[];
  };
  const shown = shownBy(["sequence", "--cell", "fixtures/sequence.json"]);
  const path = shown.find((each) => each.path === "sequence.memory_path")!.value as number[];
  path.forEach((entry, d) => {
    expect(entry).toBeCloseToRelatively(steps.reduce((product, { gates }) => product * gates.f[d], 1));
  });
});

/** The path under which a one-step command has it; null for norms, which none prints. */
function asOneStep(path: string): string | null {
  if (/^sequence\.(flow|inputs)/.test(path)) return null;
  return path
    .replace("sequence.first.", "jacobian.")
    .replace(/^sequence\.jacobian\.(.)_T\.(.)_0$/, "jacobian.$1_t.$2_prev");
}

/** diag(weights) U = product */
function close(at: Map<string, Nested>, path: string, U: number[][] | undefined, product: Nested | undefined): void {
  const weights = at.get(path) as number[] | undefined;
  if (!weights || !U) return;
  weights.forEach((weight, d) => {
    U[d].forEach((entry, k) => {
      expect(weight * entry).toBeCloseToRelatively((product as number[][])[d][k]);
    });
  });
}

expect.extend({
  toBeCloseToRelatively(actual: number, wanted: number) {
    const pass = Math.abs(actual - wanted) <= 16 * EPSILON * Math.abs(wanted);
    return { pass, message: () => `${actual}, expected ${wanted} within a few ulps` };
  },
});

declare module "vitest" {
  interface Matchers<T> {
    toBeCloseToRelatively(wanted: number): T;
  }
}
