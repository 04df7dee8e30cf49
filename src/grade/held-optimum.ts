/** The optima in an answer, as results have them and as people write them: by keys or by traits beside them, as units or as rows. */
import { GATES, GOALS, NORMS, OPTIMUM_PARTS, type OptimumPart } from "../lstm/names.ts";
import { type OptimumTrait, optimumTrait } from "./answer-names.ts";
import { isUnit, ownEntries, primitive, type Raw } from "./raw.ts";

/** What of a path is known. */
interface Traits {
  readonly norm?: string;
  readonly goal?: string;
  readonly gate?: string;
  readonly part?: OptimumPart;
}

/** Keys as they stand in a file, each within the one before. */
export type Written = readonly string[];

/** Where what is found goes. */
export interface Sink {
  /** @param isAsKnown whether it stands where results, or paths, have it */
  hold(path: string, written: Written, raw: Raw, isAsKnown: boolean): void;
  refuse(written: Written): void;
}

/** {norm, goal, gates: {g: [{unit, h_prev, preactivation, activation}]}}; norm 2, max and the units in order go without saying. */
export function readOptimum(value: unknown, words: readonly string[], written: Written, sink: Sink): void {
  const traits = words.reduce<Traits | null>((known, word) => known && below(known, word), {});
  if (traits === null) sink.refuse(written);
  else walk(value, traits, written, sink);
}

/** null where the word says nothing, or what is known already. */
function below(traits: Traits, word: string): Traits | null {
  if (word === "gates") return traits;
  const trait = optimumTrait(word);
  return trait === null || Object.keys(trait).some((name) => name in traits) ? null : { ...traits, ...trait };
}

function walk(value: unknown, traits: Traits, written: Written, sink: Sink): void {
  const entries = ownEntries(value);
  if (entries === null) {
    leaf(value, traits, written, sink);
    return;
  }
  const stated = statedIn(new Map(entries), traits, written, sink);
  if (stated === null) return;
  for (const [key, inner] of entries) {
    // what results say beside is no answer
    if (key === "norm" || key === "goal" || key === "unique") continue;
    const own = key.split(".").reduce<Traits | null>((known, word) => known && below(known, word), stated);
    if (own === null) sink.refuse([...written, key]);
    else walk(inner, own, [...written, key], sink);
  }
}

/** With the norm and the goal that stand beside; null where they are none. */
function statedIn(entries: ReadonlyMap<string, unknown>, traits: Traits, written: Written, sink: Sink): Traits | null {
  const given = entries.has("norm") ? primitive(entries.get("norm")) : undefined;
  const norm = given === undefined ? traits.norm : traitOf(given === Infinity ? "inf" : String(given), "norm");
  const goal = entries.has("goal") ? traitOf(String(primitive(entries.get("goal"))), "goal") : traits.goal;
  if (given !== undefined && norm === undefined) sink.refuse([...written, "norm"]);
  if (entries.has("goal") && goal === undefined) sink.refuse([...written, "goal"]);
  if ((given !== undefined && norm === undefined) || (entries.has("goal") && goal === undefined)) return null;
  return { ...traits, ...(norm && { norm }), ...(goal && { goal }) };
}

function traitOf(word: string, name: "norm" | "goal"): string | undefined {
  const known: readonly string[] = name === "norm" ? NORMS : GOALS;
  if (known.includes(word)) return word;
  const trait = optimumTrait(word) as Partial<Record<string, string>> & (OptimumTrait | null);
  return trait?.[name];
}

function leaf(value: unknown, { norm = "2", goal = "max", gate, part }: Traits, written: Written, sink: Sink): void {
  const path = `optimum.${norm}.${goal}.${gate}`;
  if (gate === undefined || !Array.isArray(value)) sink.refuse(written);
  else if (part === undefined && value.some((entry) => ownEntries(entry) !== null)) units(value, path, written, sink);
  else if (part === "h_prev" || (part === undefined && value.some(Array.isArray))) {
    const byUnit = new Map(value.entries());
    sink.hold(
      `${path}.h_prev`,
      written,
      { kind: "units", byUnit, twice: new Set() },
      part !== undefined && isAsKnown(written),
    );
  } else if (part !== undefined) sink.hold(`${path}.${part}`, written, { kind: "whole", value }, isAsKnown(written));
  else if (value.length > 0) sink.refuse(written);
}

const KNOWN: ReadonlySet<string> = new Set(["optimum", "gates", ...NORMS, ...GOALS, ...GATES, ...OPTIMUM_PARTS]);

function isAsKnown(written: Written): boolean {
  return written.every((key) => KNOWN.has(key));
}

function units(list: readonly unknown[], path: string, written: Written, sink: Sink): void {
  const parts = OPTIMUM_PARTS.map((part) => ({ part, byUnit: new Map<number, unknown>() }));
  const seen = new Set<number>();
  const repeated = new Set<number>();
  list.forEach((entry, k) => {
    const own = new Map(ownEntries(entry) ?? []);
    const unit = own.has("unit") ? own.get("unit") : k;
    if (!isUnit(unit)) {
      sink.refuse([`${path}[${k}].unit`]);
      return;
    }
    for (const { part, byUnit } of parts) if (own.has(part)) byUnit.set(unit, own.get(part));
    (seen.has(unit) ? repeated : seen).add(unit);
  });
  for (const { part, byUnit } of parts) {
    if (byUnit.size === 0) continue;
    // a unit that stands twice has no one answer: neither counts
    const twice = new Set([...repeated].filter((unit) => byUnit.delete(unit)));
    sink.hold(`${path}.${part}`, [...written, part], { kind: "units", byUnit, twice }, isAsKnown(written));
  }
}
