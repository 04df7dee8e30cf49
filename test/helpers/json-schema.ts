type Type = "object" | "array" | "number" | "integer" | "string" | "boolean" | "null";

/** As much of JSON Schema as the schemas of dlstm use. */
export interface Schema {
  readonly type?: Type | readonly Type[];
  readonly title?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly prefixItems?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly required?: readonly string[];
  readonly description?: string;
}

/** Whether a value is what the schema describes. */
export function accepts(schema: Schema, value: unknown): boolean {
  if (schema.anyOf) return schema.anyOf.some((one) => accepts(one, value));
  const { type } = schema;
  if (Array.isArray(type)) return type.some((one: Type) => accepts({ ...schema, type: one }, value));
  if ("const" in schema) return value === schema.const;
  if (schema.enum) return schema.enum.includes(value);
  if (schema.type === "array") {
    if (!Array.isArray(value) || value.length < (schema.minItems ?? 0)) return false;
    if (value.length > (schema.maxItems ?? value.length)) return false;
    return value.every((item, k) => {
      const of = schema.prefixItems?.[k] ?? schema.items;
      return of === undefined || accepts(of, item);
    });
  }
  if (schema.type === "null") return value === null;
  if (schema.type === "integer") return Number.isInteger(value) && (value as number) >= (schema.minimum ?? -Infinity);
  // any value: no type
  if (schema.type !== "object") return schema.type === undefined || typeof value === schema.type;
  return acceptsObject(schema, value);
}

function acceptsObject(schema: Schema, value: unknown): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  if ((schema.required ?? []).some((key) => !Object.hasOwn(value, key))) return false;
  return Object.entries(value).every(([key, entry]) => {
    if (Object.hasOwn(schema.properties ?? {}, key)) return accepts(schema.properties![key]!, entry);
    const pattern = Object.keys(schema.patternProperties ?? {}).find((one) => new RegExp(one).test(key));
    if (pattern) return accepts(schema.patternProperties![pattern]!, entry);
    const others = schema.additionalProperties ?? true;
    return typeof others === "boolean" ? others : accepts(others, entry);
  });
}
