/** JSON Schema (draft 2020-12) of what the commands print, and of the answers that `grade` reads. */
import * as z from "zod/mini";
import { GATES } from "../../lstm/names.ts";
import { FORWARD_FAMILIES } from "../../lstm/quantities.ts";
import { GRADES } from "./grade.ts";
import { matrix, optional, someOf, text } from "./parts.ts";
import { gradient, jacobian, optimum, RESULTS, unit, vectorsOf } from "./results.ts";

function jsonSchema(schema: z.ZodMiniType): object {
  const { $schema: _, ...document } = z.toJSONSchema(schema, { io: "input" });
  return document;
}

const $schema = "https://json-schema.org/draft/2020-12/schema";

/** One of the commands' results, each with the command in its title. */
export function resultSchema(): object {
  const { sigmoid, ...ofCells } = RESULTS;
  const labelled = Object.entries(ofCells).map(([command, schema]) => [command, z.extend(schema, label)] as const);
  const commands = [...labelled, ...Object.entries({ sigmoid, ...GRADES })];
  const anyOf = commands.map(([command, schema]) => ({ title: `dlstm ${command}`, ...jsonSchema(schema) }));
  return { $schema, title: "dlstm: what a command prints", anyOf };
}

/** Of one of many: what its input is told by. */
const label = {
  ...{ file: optional(text), name: optional(text) },
  id: optional(z.union([text, z.int()])),
};

/** Any part of the results; what else an answer holds is passed over. */
const answer = z.looseObject({
  ...z.partial(z.strictObject(vectorsOf(FORWARD_FAMILIES))).shape,
  ...{ jacobian: optional(jacobian), terms: optional(someOf(GATES, matrix)) },
  optimum: optional(
    z.looseObject({
      norm: optional(optimum.shape.norm),
      goal: optional(optimum.shape.goal),
      gates: someOf(GATES, z.array(z.partial(unit))),
    }),
  ),
  ...{ loss: optional(z.number()), gradient: optional(gradient) },
});

export function answerSchema(): object {
  return { $schema, title: "dlstm: a student's answer", ...jsonSchema(answer) };
}
