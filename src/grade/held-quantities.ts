import { GOALS, type Goal, NORMS, type Norm, OPTIMUM_PARTS } from "../lstm/names.ts";
import { findQuantity, quantities } from "../lstm/quantities.ts";
import { BESIDE_QUANTITIES } from "../lstm/results/keys.ts";

/** What an answer has under a path, unread. */
export type Raw = { readonly kind: "whole"; readonly value: unknown } | UnitParts;

/** One value a unit of a gate: the parts of an optimum. Units that stand twice are `twice` and have no value. */
export interface UnitParts {
  readonly kind: "units";
  readonly byUnit: ReadonlyMap<number, unknown>;
  readonly twice: ReadonlySet<number>;
}

/** What an object under the keys of the results holds. */
export interface HeldQuantities {
  /** By the path of a quantity. */
  readonly held: ReadonlyMap<string, Raw>;
  /** Keys that no result has, or that hold something of another kind: the first few, as they stand in the file. */
  readonly unknown: readonly string[];
  readonly unknownCount: number;
}

/** How many keys of objects follow the first one of a path. */
const DEPTHS: ReadonlyMap<string, number> = new Map(
  quantities().map(({ family, path }) => [family, path.split(".").length - 1]),
);
/** As many unknown keys are named. */
const NAMED = 5;

/** Units beyond any hidden size that fits in memory are no units. */
const MOST_UNITS = 2 ** 20;

/**
 * Sorts what a student's JSON holds by quantities; never throws. Nothing is looked up in the student's objects by name
 * but their own keys, and nothing of theirs is used as anything but data.
 */
export function readAnswer(json: unknown): HeldQuantities {
  const reader = new Reader();
  const top = ownEntries(json);
  if (top === null) reader.refuse("");
  else for (const [key, value] of top) reader.top(key, value);
  return { held: reader.held, unknown: reader.unknown, unknownCount: reader.unknownCount };
}

class Reader {
  readonly held = new Map<string, Raw>();
  readonly unknown: string[] = [];
  unknownCount = 0;

  top(key: string, value: unknown): void {
    // a path is a name for teachers; as a key of its own it would be a second place for the same numbers
    const depth = DEPTHS.get(key);
    if (BESIDE_QUANTITIES.has(key)) return;
    if (key === "optimum") this.#optimum(value);
    else if (depth !== undefined) this.#nested(key, value, depth);
    else this.refuse(key);
  }

  refuse(path: string): void {
    this.unknownCount += 1;
    if (this.unknown.length < NAMED) this.unknown.push(path.length > 80 ? `${path.slice(0, 79)}…` : path);
  }

  #nested(path: string, value: unknown, depth: number): void {
    if (depth === 0) {
      if (findQuantity(path)) this.held.set(path, { kind: "whole", value });
      else this.refuse(path);
      return;
    }
    const entries = ownEntries(value);
    if (entries === null) this.refuse(path);
    else for (const [key, inner] of entries) this.#nested(`${path}.${key}`, inner, depth - 1);
  }

  /** {norm, goal, gates: {g: [{unit, h_prev, preactivation, activation}]}}; norm 2, max and the units in order go without saying. */
  #optimum(value: unknown): void {
    const entries = new Map(ownEntries(value) ?? []);
    const given = primitive(entries.get("norm") ?? "2");
    const norm = NORMS.find((known) => known === (given === Infinity ? "inf" : String(given)));
    const goal = GOALS.find((known) => known === (entries.get("goal") ?? "max"));
    for (const key of entries.keys()) if (!["norm", "goal", "gates"].includes(key)) this.refuse(`optimum.${key}`);
    const gates = ownEntries(entries.get("gates"));
    if (norm === undefined) this.refuse("optimum.norm");
    if (goal === undefined) this.refuse("optimum.goal");
    if (gates === null) this.refuse("optimum.gates");
    else if (norm !== undefined && goal !== undefined) {
      for (const [gate, units] of gates) this.#units(norm, goal, gate, units);
    }
  }

  #units(norm: Norm, goal: Goal, gate: string, units: unknown): void {
    const path = `optimum.${norm}.${goal}.${gate}`;
    if (!Array.isArray(units) || !findQuantity(`${path}.h_prev`)) {
      this.refuse(path);
      return;
    }
    const parts = OPTIMUM_PARTS.map((part) => ({ part, byUnit: new Map<number, unknown>() }));
    const seen = new Set<number>();
    const repeated = new Set<number>();
    units.forEach((entry, k) => {
      const own = new Map(ownEntries(entry) ?? []);
      const unit = own.has("unit") ? own.get("unit") : k;
      if (!isUnit(unit)) {
        this.refuse(`${path}[${k}].unit`);
        return;
      }
      for (const { part, byUnit } of parts) if (own.has(part)) byUnit.set(unit, own.get(part));
      (seen.has(unit) ? repeated : seen).add(unit);
    });
    for (const { part, byUnit } of parts) {
      if (byUnit.size === 0) continue;
      // a unit that stands twice has no one answer: neither counts
      const twice = new Set([...repeated].filter((unit) => byUnit.delete(unit)));
      this.held.set(`${path}.${part}`, { kind: "units", byUnit, twice });
    }
  }
}

/** The own keys of a JSON object with their values; null for anything else. */
function ownEntries(value: unknown): [string, unknown][] | null {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  return Object.entries(value);
}

function primitive(value: unknown): unknown {
  return typeof value === "object" ? null : value;
}

function isUnit(unit: unknown): unit is number {
  return Number.isInteger(unit) && (unit as number) >= 0 && (unit as number) < MOST_UNITS;
}
