/** As much of JSON Schema as the schemas of dlstm use. */
export interface Schema {
  readonly type?: "object" | "array" | "number" | "string";
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean;
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
  if (schema.type === "array") {
    if (!Array.isArray(value) || value.length < (schema.minItems ?? 0)) return false;
    if (value.length > (schema.maxItems ?? value.length)) return false;
    return value.every((item, k) => {
      const of = schema.prefixItems?.[k] ?? schema.items;
      return of === undefined || accepts(of, item);
    });
  }
  if (schema.type !== "object") return typeof value === schema.type;
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  if ((schema.required ?? []).some((key) => !Object.hasOwn(value, key))) return false;
  return Object.entries(value).every(([key, entry]) => {
    if (Object.hasOwn(schema.properties ?? {}, key)) return accepts(schema.properties![key]!, entry);
    const pattern = Object.keys(schema.patternProperties ?? {}).find((one) => new RegExp(one).test(key));
    return pattern ? accepts(schema.patternProperties![pattern]!, entry) : (schema.additionalProperties ?? true);
  });
}
