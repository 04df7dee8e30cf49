/** The names of a layout's tensors, in which placeholders stand for what differs from cell to cell. */

/**
 * {layer}, a number; {reverse}, `_reverse` or nothing; {direction}, l or r; {stem}, a name that a layer's tensors share
 * within one key, `lstm0_`, which is one more key above them.
 */
const PLACEHOLDERS: readonly (readonly [name: string, pattern: string, schema: string])[] = [
  ["{layer}", "(?<layer>\\d{1,6})", "\\d+"],
  ["{reverse}", "(?<reverse>_reverse)?", "(_reverse)?"],
  ["{direction}", "(?<direction>[lr])", "[lr]"],
  // not what is a layer's own beginning
  ["{stem}", "(?:(?<stem>\\w+)_)?(?<!(?:^|_)[lr]\\d+_)", "(\\w+_)?"],
];

/** What matches such a name, with a group for each placeholder. */
export function patternOf(name: string): RegExp {
  return new RegExp(`^${filledBy(name.replaceAll(".", "\\."), (row) => row[1])}$`);
}

/** The same for a JSON Schema, where groups have no names. */
export function schemaPatternOf(name: string): string {
  return `^${filledBy(name, (row) => row[2])}$`;
}

function filledBy(name: string, text: (row: (typeof PLACEHOLDERS)[number]) => string): string {
  return PLACEHOLDERS.reduce((filled, row) => filled.replace(row[0], () => text(row)), name);
}

/** The name of a cell's tensor, as its framework writes it. */
export function nameOfRow(name: string, { layer = 0, reverse = false }: { layer?: number | null; reverse?: boolean }) {
  return name
    .replace("{layer}", String(layer ?? 0))
    .replace("{reverse}", reverse ? "_reverse" : "")
    .replace("{direction}", reverse ? "r" : "l")
    .replace("{stem}", "lstm0_");
}

export function hasPlaceholder(name: string): boolean {
  return name.includes("{");
}
