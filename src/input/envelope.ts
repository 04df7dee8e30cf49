import type * as z from "zod/mini";
import type { Problem, ProblemList } from "../errors.ts";
import { describeValue, excerpt } from "./excerpt.ts";
import type { Sourced } from "./keys.ts";
import { nearestIs } from "./nearest.ts";

/** What an object may hold, with the name that messages have for it. */
export interface Envelope {
  readonly schema: z.ZodMiniObject;
  readonly name: string;
}

/**
 * The known keys of a JSON object with their values. What is wrong is added to the problems: anything that is no
 * object, unknown keys (with a near known one), values of another kind than the key holds.
 */
export function openEnvelope(
  { schema, name }: Envelope,
  json: unknown,
  file: string | null,
  problems: ProblemList,
): Map<string, Sourced> {
  const known = Object.keys(schema.shape);
  const entries = new Map<string, Sourced>();
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    problems.add({ code: "shape", file, place: null, message: `${describeValue(json)}, expected a JSON object` });
    return entries;
  }
  if (isAsExpected(json, schema.shape)) {
    for (const [key, value] of Object.entries(json)) entries.set(key, { value, file, place: key });
    return entries;
  }
  const rejected = new Set<string>();
  for (const issue of schema.safeParse(json).error?.issues ?? []) {
    if (issue.code === "unrecognized_keys") {
      for (const key of issue.keys) problems.add(() => unknownKey(key, known, file, name));
    } else {
      const key = String(issue.path[0]);
      rejected.add(key);
      const value = (json as Record<string, unknown>)[key];
      const { expected } = kindOf(key);
      problems.add({ code: "shape", file, place: key, message: `${describeValue(value)}, expected ${expected}` });
    }
  }
  for (const [key, value] of Object.entries(json)) {
    if (Object.hasOwn(schema.shape, key) && !rejected.has(key)) entries.set(key, { value, file, place: key });
  }
  return entries;
}

interface Kind {
  readonly expected: string;
  readonly holds: (value: unknown) => boolean;
}

const ARRAY: Kind = { expected: "an array", holds: Array.isArray };
const TEXT: Kind = { expected: "a string", holds: (value) => typeof value === "string" };
const FLAG: Kind = { expected: "true or false", holds: (value) => typeof value === "boolean" };

/** What a key holds: an array, but for these. */
const KINDS: ReadonlyMap<string, Kind> = new Map([
  ["name", TEXT],
  ["$schema", TEXT],
  ["reverse", FLAG],
]);

const kindOf = (key: string): Kind => KINDS.get(key) ?? ARRAY;

/** Known keys only, each with what it holds, as nearly always: the schema need not be asked, which takes longer than the rest. */
function isAsExpected(json: object, shape: object): boolean {
  return Object.entries(json).every(([key, value]) => {
    return Object.hasOwn(shape, key) && kindOf(key).holds(value);
  });
}

function unknownKey(key: string, known: readonly string[], file: string | null, name: string): Problem {
  return {
    code: "unknown-key",
    file,
    place: excerpt(key),
    message: `unknown key, expected a key of the ${name}${nearestIs(key, known)}`,
  };
}
