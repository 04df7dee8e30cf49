import * as z from "zod/mini";
import { arrayShapes, cellSchema, stateSchema } from "./cell-schema.ts";
import { CONVENTIONS } from "./weights/conventions/convention.ts";
import { conventionSchema } from "./weights/conventions/schema.ts";

function jsonSchema(schema: z.ZodMiniType, title: string): object {
  return { title, ...z.toJSONSchema(schema, { io: "input", metadata: arrayShapes, unrepresentable: "any" }) };
}

const cell = () => jsonSchema(cellSchema, "dlstm: one LSTM cell");

/** JSON Schema (draft 2020-12) of each JSON that dlstm reads. What needs more than one key, such as equal sizes, it cannot say. */
export const schemas: Readonly<Record<string, () => object>> & Record<"cell" | "state", () => object> = {
  cell,
  state: () => jsonSchema(stateSchema, "dlstm: the state of one step"),
  // the native convention is the cell itself
  native: cell,
  ...Object.fromEntries(
    CONVENTIONS.filter((name) => name !== "native").map((name) => [name, () => conventionSchema(name)]),
  ),
};
