import { type ProblemList, toProblem } from "../errors.ts";
import { nearestIs } from "../words/nearest.ts";
import { envelopeIssues } from "./envelope-issues.ts";
import { describeValue, excerpt } from "./excerpt.ts";
import { ENVELOPES, type EnvelopeName, type Sourced } from "./keys.ts";
import { isObject } from "./objects.ts";

/**
 * The known keys of a JSON object with their values. What is wrong is added to the problems: anything that is no
 * object, unknown keys (with a near known one), values of another kind than the key holds.
 * @param name of what it is, for messages too
 */
export function openEnvelope(
  name: EnvelopeName,
  json: unknown,
  file: string | null,
  problems: ProblemList,
): Map<string, Sourced> {
  const kinds: Readonly<Record<string, string>> = ENVELOPES[name];
  const entries = new Map<string, Sourced>();
  if (!isObject(json)) {
    problems.add(toProblem("shape", `${describeValue(json)}, expected a JSON object`, { file }));
    return entries;
  }
  const rejected = new Set<string>();
  // the schema, and all of zod with it, is loaded only for what this walk refuses
  for (const issue of holdsKinds(json, kinds) ? [] : envelopeIssues(name, json)) {
    if (issue.code === "unrecognized_keys") {
      for (const key of issue.keys) {
        problems.add(() => {
          const message = `unknown key, expected a key of the ${name}${nearestIs(key, Object.keys(kinds))}`;
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
    if (Object.hasOwn(kinds, key) && !rejected.has(key)) entries.set(key, { value, file, place: key });
  }
  return entries;
}

/** What zod expected, but for the arrays, in words. */
const KINDS: Readonly<Record<string, string>> = { string: "a string", boolean: "true or false" };

/** Whether all keys are known and hold what they are for. */
function holdsKinds(json: Readonly<Record<string, unknown>>, kinds: Readonly<Record<string, string>>): boolean {
  return Object.keys(json).every((key) => {
    const kind = Object.hasOwn(kinds, key) ? kinds[key] : null;
    return kind === "array" ? Array.isArray(json[key]) : kind === typeof json[key];
  });
}
