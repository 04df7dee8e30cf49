/** The letters used everywhere, in the order in which everything is listed. */

/** Forget, input, output gate and candidate: f = σ(z_f), i = σ(z_i), o = σ(z_o), u = tanh(z_u). */
export const GATES = ["f", "i", "o", "u"] as const;
export type Gate = (typeof GATES)[number];

export function isGate(name: string): name is Gate {
  return (GATES as readonly string[]).includes(name);
}

/** A value for each gate. */
export function byGate<T>(of: (g: Gate) => T): Record<Gate, T> {
  return { f: of("f"), i: of("i"), o: of("o"), u: of("u") };
}

/** The gates in the order of the sum ∂h_t/∂h_{t-1} = T_o + T_f + T_i + T_u. */
export const PATHS = ["o", "f", "i", "u"] as const satisfies readonly Gate[];

/** What can be differentiated. */
export const OUTPUTS = [...GATES, "c_t", "tanh_c_t", "h_t"] as const;
export type Output = (typeof OUTPUTS)[number];
/** The outputs that see h_{t-1} through several gates at once. */
export const STATE_OUTPUTS = ["c_t", "tanh_c_t", "h_t"] as const satisfies readonly Output[];
export type StateOutput = (typeof STATE_OUTPUTS)[number];

/** What it can be differentiated with respect to: the three inputs of one step. */
export const WRTS = ["h_prev", "c_prev", "x_t"] as const;
export type Wrt = (typeof WRTS)[number];

/** The parameters of the step: each belongs to the pre-activation of one gate. */
const KINDS = ["W", "U", "b"] as const;
export type Parameter = `${(typeof KINDS)[number]}_${Gate}`;
export const PARAMETERS: readonly Parameter[] = KINDS.flatMap((kind) => GATES.map((g) => `${kind}_${g}` as const));

export function isParameter(name: string): name is Parameter {
  return (PARAMETERS as readonly string[]).includes(name);
}

/** W_f is the weight W of gate f. */
export function partsOf(parameter: Parameter) {
  return parameter.split("_") as [kind: (typeof KINDS)[number], gate: Gate];
}

/** Norms of the unit sphere over which a gate is optimised. */
export const NORMS = ["1", "2", "inf"] as const;
export type Norm = (typeof NORMS)[number];

export const GOALS = ["max", "min"] as const;
export type Goal = (typeof GOALS)[number];

/** What is told of an optimum. */
export const OPTIMUM_PARTS = ["h_prev", "preactivation", "activation"] as const;
export type OptimumPart = (typeof OPTIMUM_PARTS)[number];

/** The keys that a gradient may have: those of the cell. */
export type GradientKey = "x_t" | "x" | "h_prev" | "c_prev" | Parameter;

/** The gradients of a step's results and pre-activations. */
export type StepGradientKey = "dh_t" | "dc_t" | `dz_${Gate}`;
