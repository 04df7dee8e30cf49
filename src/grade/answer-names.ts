/** Which quantity people mean by the keys under which they write it. */
import {
  GATES,
  type Gate,
  GOALS,
  type Goal,
  NORMS,
  type Norm,
  OPTIMUM_PARTS,
  type OptimumPart,
  OUTPUTS,
  WRTS,
} from "../lstm/names.ts";
import { FAMILIES, type Family, findQuantity, quantities, quantitiesOf } from "../lstm/quantities.ts";
import { once } from "../once.ts";
import { nearest } from "../words/nearest.ts";
import { meaningsOf } from "../words/synonyms.ts";

const FAMILY_NAMES: readonly (readonly [family: Family, names: RegExp])[] = [
  ["preactivations", /^(pre_?activations?|z)$/i],
  ["gates", /^gates?$/i],
  ["jacobian", /^(jacobians?|jac|derivatives?)$/i],
  ["terms", /^terms?$/i],
  ["optimum", /^(optimum|optima|optimal)$/i],
  ["gradient", /^(gradients?|grads?)$/i],
];

/** ∂f/∂h, df_dh, dh_t_dh_prev */
const DERIVATIVE = /^(?:d|∂)_?(.+?)[_/]*(?:d|∂)_?(.+)$/;

/** The family that a key means; undefined for none. */
export function familyMeant(word: string): Family | undefined {
  return FAMILIES.find((family) => family === word) ?? FAMILY_NAMES.find(([, names]) => names.test(word))?.[0];
}

/** The path that words mean within a family, `more` where they go on below, null where they mean nothing, or two things. */
export function meantBelow(family: Family, words: readonly string[], value: unknown): string | "more" | null {
  const [first, second] = words;
  switch (family) {
    case "jacobian":
      if (first === undefined) return "more";
      if (second !== undefined) return pathOf([family, outputMeant(first), wrtMeant(second)], words.length === 2);
      return derivativeMeant(first) ?? (outputMeant(first) === null ? null : "more");
    case "preactivations":
    case "gates":
    case "terms":
      return first === undefined ? "more" : pathOf([family, gateMeant(first.replace(PREFIXES[family], ""))], !second);
    case "gradient":
      return first === undefined ? "more" : pathOf([family, gradientMeant(first, value)], !second);
    default:
      return pathOf([family], first === undefined);
  }
}

/** z_f among the pre-activations, T_o among the terms. */
const PREFIXES = { preactivations: /^z_?(?=.)/i, gates: /^$/, terms: /^T_?(?=.)/i } as const;

/** The quantity that a key alone means: f_t, h, df_dh, dU_f; null for none, or more than one. */
export function meantAlone(word: string, value: unknown): string | null {
  const path = byVariable().get(word);
  if (path !== undefined) return path;
  const state = /^c$/i.test(word) ? null : one(word, ["c_t", "h_t"]);
  if (state !== null) return state;
  const gate = /^[fioug](_?t)?$|gate|forget|cand|tilde/.test(word) ? gateMeant(word) : null;
  if (gate !== null) return `gates.${gate}`;
  for (const [letter, family] of [
    ["z", "preactivations"],
    ["T", "terms"],
  ] as const) {
    const own = word.startsWith(letter) ? meantBelow(family, [word], value) : null;
    if (own !== null && word.length > 1) return own;
  }
  return derivativeMeant(word) ?? (/^(d|∂|grad)/.test(word) ? meantBelow("gradient", [word], value) : null);
}

/** Paths as the names of variables, which have no dots: gradient_U_f. */
const byVariable = once(() => new Map(quantities().map(({ path }) => [path.replaceAll(".", "_"), path])));

/** The quantity that was perhaps meant, or the family; null where none is near. */
export function suggestedFor(written: string): string | null {
  const [first, ...rest] = written.split(".");
  const own = quantities().find(({ path }) => path === rest.at(-1));
  if (own !== undefined) return own.path;
  const path = [familyMeant(first) ?? first, ...rest].join(".");
  const below = quantities().find((quantity) => quantity.path.startsWith(`${path}.`));
  return below?.path ?? nearest(path, known());
}

/** Whether a key is a family's name with a slip in it. */
export function isNearFamily(word: string): boolean {
  return nearest(word, FAMILIES) !== null;
}

const known = once(() => [...FAMILIES, ...quantities().map(({ path }) => path)]);

/** What of an optimum a word says; null where it says nothing. */
export type OptimumTrait =
  | { readonly norm: Norm }
  | { readonly goal: Goal }
  | { readonly gate: Gate }
  | { readonly part: OptimumPart };

const GOAL_NAMES: Readonly<Record<Goal, RegExp>> = { max: /^maxim(um|i[sz]e)$/i, min: /^minim(um|i[sz]e)$/i };
const PART_NAMES: Readonly<Record<OptimumPart, RegExp>> = {
  h_prev: /^(h|h_?(star|opt|\*)|argmax|argmin)$/i,
  preactivation: /^(pre_?activations?|z)$/i,
  activation: /^(activations?|values?)$/i,
};

export function optimumTrait(word: string): OptimumTrait | null {
  const goal = GOALS.find((one) => one === word || GOAL_NAMES[one].test(word));
  if (goal) return { goal };
  const part = OPTIMUM_PARTS.find((one) => one === word || PART_NAMES[one].test(word)) ?? null;
  if (part) return { part };
  const norm = one(word, NORMS);
  if (norm) return { norm };
  const gate = gateMeant(word);
  if (gate) return { gate };
  return one(word, ["h_prev"]) ? { part: "h_prev" } : null;
}

function pathOf(words: readonly (string | null)[], isWhole: boolean): string | null {
  return isWhole && !words.includes(null) ? (findQuantity(words.join("."))?.path ?? null) : null;
}

/** The one of the known words that another means; null for none, and for two. A capital alone is a matrix, h_T the last of a sequence. */
function one<Word extends string>(word: string, known: readonly Word[]): Word | null {
  const meanings = /^[A-GI-Z]$|.T$/.test(word) ? [] : meaningsOf(word, known);
  return meanings.length === 1 ? (meanings[0] as Word) : null;
}

/** c_t is no candidate, though candidates are called c. */
function gateMeant(word: string): Gate | null {
  return /^c_?t$/i.test(word) ? null : one(word, GATES);
}

function outputMeant(word: string): string | null {
  return one(word, OUTPUTS);
}

/** By c alone the state before may be meant, or that of the step; h_0 is the state before a sequence. */
function wrtMeant(word: string): string | null {
  return /^c$|0$/i.test(word) ? null : one(word, WRTS);
}

function derivativeMeant(word: string): string | null {
  const [, of, wrt] = DERIVATIVE.exec(word) ?? [];
  return wrt === undefined ? null : pathOf(["jacobian", outputMeant(of), wrtMeant(wrt)], true);
}

/** dU_f, db_g, dx; the gradient of the state before the step, but not that of the step, which is given. */
function gradientMeant(word: string, value: unknown): string | null {
  const keys = quantitiesOf("gradient").map(({ path }) => path.slice("gradient.".length));
  const exact = keys.find((key) => key === word);
  const plain = word.replace(/^(?:grad_?|[d∂]_?)(?=.)/, "");
  if (exact !== undefined || /^[hc](_?t)?$/i.test(plain)) return exact ?? null;
  if (/^xt?$/i.test(plain)) return Array.isArray(value) && Array.isArray(value[0]) ? "x" : "x_t";
  return one(plain, keys);
}
