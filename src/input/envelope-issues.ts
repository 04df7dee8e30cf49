/** What zod finds wrong with an object: a file that is loaded only where something is. */
import { cellSchema, stateSchema } from "./cell-schema.ts";
import type { EnvelopeName } from "./keys.ts";

const SCHEMAS = { "native cell": cellSchema, state: stateSchema } as const satisfies Record<EnvelopeName, unknown>;

export function envelopeIssues(name: EnvelopeName, json: object) {
  return SCHEMAS[name].safeParse(json).error?.issues ?? [];
}
