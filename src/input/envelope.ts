import type * as z from "zod/mini";
import { type ProblemList, toProblem } from "../errors.ts";
import { nearestIs } from "../words/nearest.ts";
import { describeValue, excerpt } from "./excerpt.ts";
import { ARRAY_KEYS, type Sourced } from "./keys.ts";
import { isObject } from "./objects.ts";

/**
 * The known keys of a JSON object with their values. What is wrong is added to the problems: anything that is no
 * object, unknown keys (with a near known one), values of another kind than the key holds.
 * @param name that messages have for what the schema describes
 */
export function openEnvelope(
  schema: z.ZodMiniObject,
  name: string,
  json: unknown,
  file: string | null,
  problems: ProblemList,
): Map<string, Sourced> {
  const known = Object.keys(schema.shape);
  const entries = new Map<string, Sourced>();
  if (!isObject(json)) {
    problems.add(toProblem("shape", `${describeValue(json)}, expected a JSON object`, { file }));
    return entries;
  }
  const rejected = new Set<string>();
  // an object of arrays under keys of arrays has nothing wrong: of thousands of lines that is known sooner than by the schema
  const isOfArrays = Object.keys(json).every(
    (key) => isArrayKey(key) && key in schema.shape && Array.isArray(json[key]),
  );
  for (const issue of isOfArrays ? [] : (schema.safeParse(json).error?.issues ?? [])) {
    if (issue.code === "unrecognized_keys") {
      for (const key of issue.keys) {
        problems.add(() => {
          const message = `unknown key, expected a key of the ${name}${nearestIs(key, known)}`;
          return toProblem("unknown-key", message, { file, place: excerpt(key) });
        });
      }
    } else {
      const place = String(issue.path[0]);
      rejected.add(place);
      const expected = issue.code === "invalid_type" ? KINDS[issue.expected] : "an array";
      problems.add(toProblem("shape", `${describeValue(json[place])}, expected ${expected}`, { file, place }));
    }
  }
  for (const [key, value] of Object.entries(json)) {
    if (Object.hasOwn(schema.shape, key) && !rejected.has(key)) entries.set(key, { value, file, place: key });
  }
  return entries;
}

/** What zod expected, but for the arrays, in words. */
const KINDS: Readonly<Record<string, string>> = { string: "a string", boolean: "true or false" };

function isArrayKey(key: string): boolean {
  return (ARRAY_KEYS as readonly string[]).includes(key);
}
