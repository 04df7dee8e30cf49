/** The flags that give the numbers of a cell, one for each key but x, which --x gives too. */
import { STATE_KEYS, WEIGHT_KEYS, type WeightKey } from "../input/keys.ts";
import type { TypedKey } from "../input/typed/override.ts";

/** A key as commander has it among the values of flags: U_f is UF, h_prev is hPrev. */
type Attribute<Key extends string> = Key extends `${infer Start}_${infer End}` ? `${Start}${Capitalize<End>}` : Key;

/** What stands behind the flags, as it was typed. */
export type NumberFlags = { readonly [Key in TypedKey as Attribute<Key>]?: string };

export const STATE_FLAGS = STATE_KEYS.filter((key): key is TypedKey & (typeof STATE_KEYS)[number] => key !== "x");
export const NUMBER_FLAGS: readonly TypedKey[] = [...WEIGHT_KEYS, ...STATE_FLAGS];

/** The same, as commander has them. */
export const NUMBER_ATTRIBUTES: readonly string[] = NUMBER_FLAGS.map(attributeOf);

const SHAPES = { W: "[H × I]", U: "[H × H]", b: "[H]" } as const;

/** The flag of a key and what it is for. */
export function weightFlag(key: WeightKey): readonly [flags: string, description: string] {
  return [`${flagOf(key)} <numbers>`, `${key} ${SHAPES[key[0] as keyof typeof SHAPES]}`];
}

/** The flag of a key of numbers, or of any other flag by its name with underscores. */
export function flagOf(key: string): string {
  return `--${key.replaceAll("_", "-")}`;
}

/** The text behind the flag of a key. */
export function textOf(flags: NumberFlags, key: TypedKey): string | undefined {
  return flags[attributeOf(key)];
}

/** The file that a value names, - for standard input; null where it is numbers itself. */
export function fileIn(text: string): string | null {
  if (text === "-") return text;
  return text.startsWith("@") ? text.slice(1) : null;
}

/** The file that --vector names, one of a kind that holds numbers without an @ too. */
export function vectorFile(text: string): string | null {
  return fileIn(text) ?? (/\.(json|csv|npy)$/i.test(text) ? text : null);
}

function attributeOf<Key extends TypedKey>(key: Key): Attribute<Key> {
  // every run asks for all of them: a regular expression would be compiled for it
  const bar = key.indexOf("_");
  if (bar < 0) return key as Attribute<Key>;
  return (key.slice(0, bar) + key.charAt(bar + 1).toUpperCase() + key.slice(bar + 2)) as Attribute<Key>;
}
