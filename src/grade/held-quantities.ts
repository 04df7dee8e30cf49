import type { Family } from "../lstm/quantities.ts";
import { BESIDE_QUANTITIES } from "../lstm/results/keys.ts";
import { familyMeant, isNearFamily, meantAlone, meantBelow, suggestedFor } from "./answer-names.ts";
import { readOptimum, type Sink, type Written } from "./held-optimum.ts";
import { ownEntries, quoted, type Raw } from "./raw.ts";
import { isUnmarked } from "./unmarked.ts";

/** What an object under the keys of the results holds. */
export interface HeldQuantities {
  /** By the path of a quantity. */
  readonly held: ReadonlyMap<string, Raw>;
  /** What stands under other keys than those of the results: the first few, in quotes, and what they were taken for. */
  readonly understood: readonly (readonly [written: string, path: string])[];
  readonly understoodCount: number;
  /** Keys that no result has, or that hold something of another kind: the first few, as they stand in the file. */
  readonly unknown: readonly string[];
  readonly unknownCount: number;
  /** Paths of results that are no quantities: the first few. */
  readonly unmarked: readonly string[];
  readonly unmarkedCount: number;
  /** What was taken off around the answer: `"answer"`, `a list`; null for nothing. */
  readonly wrapping: string | null;
  /** What there is in the place of an answer, with what was expected; null for one object, as it has to be. */
  readonly noObject: string | null;
}

/** As many keys are named. */
const NAMED = 5;
/** So long are keys that mean anything. */
const LONGEST = 80;
/** So many keys may stand beside one that is around an answer. */
const MOST_BESIDE = 16;
/** After so many keys that mean nothing nobody asks what the next may mean. */
const MOST_UNKNOWN = 1000;

/**
 * Sorts what a student's JSON holds by quantities; never throws. Nothing is looked up in the student's objects by name
 * but their own keys, and nothing of theirs is used as anything but data. One list or key around all of it is taken off.
 */
export function readAnswer(json: unknown): HeldQuantities {
  const listed = Array.isArray(json) && json.length === 1 ? json[0] : json;
  const plain = readTop(listed);
  if (listed !== json)
    return ownEntries(listed) === null ? readTop(json) : { ...plain, wrapping: "the list around it" };
  if (plain.held.size > 0 || plain.understoodCount > 0) return plain;
  const top = ownEntries(json) ?? [];
  const [inner, ...others] = (top.length > MOST_BESIDE ? [] : top).flatMap(([key, value]) => {
    const [own] = Array.isArray(value) && value.length === 1 ? value : [value];
    const isName = !/^__|^(constructor|prototype)$/.test(key) && familyMeant(key) === undefined && !isNearFamily(key);
    return isName && ownEntries(own) !== null ? [{ key, own }] : [];
  });
  if (inner === undefined || others.length > 0) return plain;
  const found = readTop(inner.own);
  if (found.held.size === 0) return plain;
  const beside = readEntries(top.filter(([key]) => key !== inner.key));
  return {
    ...found,
    unknown: [...found.unknown, ...beside.unknown].slice(0, NAMED),
    unknownCount: found.unknownCount + beside.unknownCount,
    wrapping: quoted(cut(inner.key)),
  };
}

function readTop(json: unknown): HeldQuantities {
  const top = ownEntries(json);
  return top === null ? { ...readEntries([]), noObject: inPlaceOfObject(json) } : readEntries(top);
}

function readEntries(top: readonly (readonly [key: string, value: unknown])[]): HeldQuantities {
  const reader = new Reader();
  for (const [key, value] of top) {
    if (!BESIDE_QUANTITIES.has(key)) reader.top(key, value);
    else if (isUnmarked(key)) reader.refuse([key]);
  }
  const { held, understood, understoodCount, unknown, unknownCount, unmarked, unmarkedCount } = reader;
  const named = { understood, understoodCount, unknown, unknownCount, unmarked, unmarkedCount };
  return { held, ...named, wrapping: null, noObject: null };
}

function inPlaceOfObject(json: unknown): string {
  if (!Array.isArray(json) || json.length === 0 || json.some((one) => ownEntries(one) === null))
    return "the whole, expected one object";
  return `a list of ${json.length} answers, expected one: each in a file of its own, or on a line of its own with --ndjson`;
}

class Reader implements Sink {
  readonly held = new Map<string, Raw>();
  readonly #written = new Map<string, Written>();
  readonly understood: (readonly [string, string])[] = [];
  understoodCount = 0;
  readonly unknown: string[] = [];
  unknownCount = 0;
  readonly unmarked: string[] = [];
  unmarkedCount = 0;

  top(key: string, value: unknown): void {
    const [first, ...words] = key.length > LONGEST || this.unknownCount > MOST_UNKNOWN ? [key] : key.split(".");
    const family = familyMeant(first);
    if (family === "optimum") readOptimum(value, words, [key], this);
    else if (family !== undefined) this.#below(family, words, [key], value);
    else this.#quantity(words.length > 0 || key.length > LONGEST ? null : meantAlone(first, value), [key], value);
  }

  refuse(written: Written): void {
    const path = cut(written.join("."));
    if (isUnmarked(path)) {
      this.unmarkedCount += 1;
      if (this.unmarked.length < NAMED) this.unmarked.push(path);
      return;
    }
    this.unknownCount += 1;
    if (this.unknown.length < NAMED) this.unknown.push(path);
  }

  /** Under two names neither counts, equal or not. */
  hold(path: string, written: Written, raw: Raw, isAsKnown: boolean): void {
    if (!isAsKnown) {
      this.understoodCount += 1;
      if (this.understood.length < NAMED) this.understood.push([shown(written), path]);
    }
    const before = this.#written.get(path);
    this.#written.set(path, written);
    this.held.set(path, before === undefined ? raw : { kind: "twice", written: shownApart(before, written) });
  }

  #below(family: Family, words: readonly string[], written: Written, value: unknown): void {
    const meant = this.unknownCount > MOST_UNKNOWN ? null : meantBelow(family, words, value);
    const entries = meant === "more" ? ownEntries(value) : null;
    if (meant !== "more") this.#quantity(meant, written, value);
    else if (entries === null) this.refuse(written);
    else {
      for (const [key, inner] of entries) {
        if (key.length > LONGEST) this.refuse([...written, key]);
        else this.#below(family, [...words, ...key.split(".")], [...written, key], inner);
      }
    }
  }

  #quantity(path: string | null, written: Written, value: unknown): void {
    if (path === null) this.refuse(written);
    else this.hold(path, written, { kind: "whole", value }, path === written.join(".") && !written.some(isDotted));
  }
}

/** What is said of keys that no result has. */
export function notesOnNames(answer: HeldQuantities): string[] {
  const { understood, understoodCount, unknown, unknownCount, unmarked, unmarkedCount, wrapping, noObject } = answer;
  const more = (count: number, named: readonly unknown[]) =>
    count > named.length ? ` and ${count - named.length} more` : "";
  const notes = wrapping === null ? [] : [`taken out of ${wrapping}`];
  if (understoodCount > 0) {
    const names = understood.map(([written, path]) => `${written} as ${path}`);
    notes.push(`understood: ${names.join(", ")}${more(understoodCount, understood)}`);
  }
  if (unknownCount > 0) {
    notes.push(`passed over: ${unknown.map(named).join(", ")}${more(unknownCount, unknown)}`);
  }
  if (unmarkedCount > 0) {
    const paths = `${unmarked.map(quoted).join(", ")}${more(unmarkedCount, unmarked)}`;
    notes.push(`known, but not marked: ${paths}; dlstm check --answer judges derivatives`);
  }
  if (noObject !== null) notes.push(`passed over: ${noObject}`);
  return notes;
}

function named(written: string): string {
  const meant = written.includes("[") ? null : suggestedFor(written);
  return quoted(written) + (meant === null ? "" : ` (the nearest is ${meant})`);
}

/** In quotes, and whether a path stands as one key. */
function shown(written: Written): string {
  return quoted(cut(written.join("."))) + (written.some(isDotted) ? " in one key" : "");
}

/** Keys in keys and the path as one key look the same but as JSON has them. */
function shownApart(a: Written, b: Written): [string, string] {
  const asJson = (written: Written) => written.reduceRight((inner, key) => `{${quoted(key)}: ${inner}}`, "…");
  const isSame = a.join(".") === b.join(".");
  return isSame ? [asJson(a), asJson(b)] : [shown(a), shown(b)];
}

function isDotted(key: string): boolean {
  return key.includes(".");
}

function cut(written: string): string {
  return written.length > LONGEST ? `${written.slice(0, LONGEST - 1)}…` : written;
}
