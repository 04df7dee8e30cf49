/** JSON Schema of each convention's JSON, made from its rows. */

import { row as numbers, rows } from "../../cell-schema.ts";
import { symbolsOf } from "./axes.ts";
import { type Convention, type Layout, PART_NAMES, type TensorRow } from "./convention.ts";
import { LAYOUTS } from "./convention-table.ts";
import { hasPlaceholder, schemaPatternOf } from "./row-names.ts";

type Schema = Record<string, unknown>;

/**
 * The JSON that `--from convention` reads, one alternative for each form of it. The names may stand under other keys,
 * nested or joined to one by dots or slashes, beside which anything else may stand: that no schema can say.
 */
export function conventionSchema(convention: Convention): Schema {
  const forms = LAYOUTS.filter((layout) => layout.convention === convention).map(formSchema);
  const $schema = "https://json-schema.org/draft/2020-12/schema";
  const title = `dlstm: weights of an LSTM cell, --from ${convention}`;
  return forms.length === 1 ? { $schema, title, ...forms[0] } : { $schema, title, anyOf: forms };
}

function formSchema(layout: Layout): Schema {
  if (layout.bare) {
    const prefixItems = layout.tensors.map((row) => arraySchema(layout, row));
    const minItems = layout.tensors.filter(({ optional }) => !optional).length;
    return { description: layout.title, type: "array", prefixItems, minItems, maxItems: prefixItems.length };
  }
  const named = layout.tensors.map((row) => ({ ...row, name: (layout.mark?.written ?? "") + row.name }));
  return { description: descriptionOf(layout), ...objectSchema(layout, named) };
}

function descriptionOf({ title, forgetBias }: Layout): string {
  return forgetBias ? `${title}; ${forgetBias.value} is added to the forget gate, as it does when it runs` : title;
}

/** Tensors by their first key; those that have it in common become an object. */
function objectSchema(layout: Layout, tensors: readonly TensorRow[]): Schema {
  const properties: Record<string, Schema> = {};
  const patternProperties: Record<string, Schema> = {};
  const required: string[] = [];
  for (const row of tensors) {
    const [key, ...rest] = row.name.split(".");
    const schema = arraySchema(layout, row);
    if (hasPlaceholder(key)) patternProperties[schemaPatternOf(key)] = schema;
    else if (rest.length === 0) properties[key] = schema;
    else {
      const inner = tensors.filter(({ name }) => name.startsWith(`${key}.`));
      properties[key] = objectSchema(
        layout,
        inner.map((one) => ({ ...one, name: one.name.slice(key.length + 1) })),
      );
    }
    // a name that may be another, or stand below other keys, cannot be required
    const isRequired = !row.optional && !layout.mark && row.alias === undefined && !hasPlaceholder(key);
    if (isRequired && !required.includes(key)) required.push(key);
  }
  const patterns = Object.keys(patternProperties).length > 0 ? { patternProperties } : {};
  return { type: "object", properties, ...patterns, ...(required.length > 0 ? { required } : {}) };
}

function arraySchema(layout: Layout, row: TensorRow): Schema {
  const { part, gates } = row;
  const alias = row.alias === undefined ? "" : `; ${row.alias} is the same`;
  const description = `${symbolsOf(layout, row)} ${PART_NAMES[part]}, gates ${gates.join(", ")}${alias}`;
  return { ...shapeSchema(layout, part), description };
}

function shapeSchema({ directions, squeezed }: Layout, part: TensorRow["part"]): Schema {
  const bare = { type: "number" };
  if (directions) return { type: "array", minItems: 1, maxItems: 2, items: part === "b" ? numbers : rows };
  // a bias may be a column or, of one unit, a number
  return part === "b" || squeezed ? { anyOf: [rows, numbers, bare] } : rows;
}
