/** What an answer has under a path, unread. */
export type Raw = { readonly kind: "whole"; readonly value: unknown } | UnitParts | Twice;

/** One value a unit of a gate: the parts of an optimum. Units that stand twice are `twice` and have no value. */
export interface UnitParts {
  readonly kind: "units";
  readonly byUnit: ReadonlyMap<number, unknown>;
  readonly twice: ReadonlySet<number>;
}

/** What stands under two names, which are given in quotes: neither counts. */
export interface Twice {
  readonly kind: "twice";
  readonly written: readonly string[];
}

/** Units beyond any hidden size that fits in memory are no units. */
const MOST_UNITS = 2 ** 20;

export function isUnit(unit: unknown): unit is number {
  return Number.isInteger(unit) && (unit as number) >= 0 && (unit as number) < MOST_UNITS;
}

/** The own keys of a JSON object with their values; null for anything else. */
export function ownEntries(value: unknown): [string, unknown][] | null {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  return Object.entries(value);
}

export function primitive(value: unknown): unknown {
  return typeof value === "object" ? null : value;
}

/** A student's text in quotes, everything but plain printable ASCII spelt out. */
export function quoted(text: string): string {
  return JSON.stringify(text).replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
