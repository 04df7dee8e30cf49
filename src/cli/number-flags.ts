/** The numbers of a cell that flags give. */
import { misuse } from "../errors.ts";
import type { Override } from "../input/overrides.ts";
import type { TypedKey } from "../input/typed/override.ts";
import type { Context } from "./context.ts";
import { fileIn, flagOf, NUMBER_FLAGS, type NumberFlags, STATE_FLAGS, textOf, vectorFile } from "./number-keys.ts";
import type { CellOptions, Extent } from "./options.ts";

/** Whether the flags make a cell where no file is given: the gates are those that have a U. */
export function makesCell(options: NumberFlags): boolean {
  return NUMBER_FLAGS.some((key) => key.startsWith("U_") && textOf(options, key) !== undefined);
}

/**
 * The numbers that flags give, in the shapes of their keys.
 * @throws {DlstmError} with all that is wrong with them, naming flag, row and entry.
 */
export async function numberFlags(options: CellOptions, extent: Extent, context: Context): Promise<Override[]> {
  const given = Object.entries(givenNumbers(options, NUMBER_FLAGS));
  if (given.length === 0) return [];
  // loaded only here: most runs have no such flag
  const { readNumbers } = await import("./read-numbers.ts");
  return readNumbers(given as [TypedKey, string][], options.maxBytes, extent, context);
}

/** Flags and the files that they read, as far as they say something of a cell or of what it is multiplied with. */
export function filesOfFlags(
  options: CellOptions & { readonly vector?: string },
): readonly (readonly [flag: string, path: string])[] {
  const { state, vector } = options;
  const ofVector = vector === undefined ? null : vectorFile(vector);
  const numbers = Object.entries(givenNumbers(options, NUMBER_FLAGS)).flatMap(([key, text]) => {
    const path = fileIn(text);
    return path === null ? [] : [[flagOf(key), path] as const];
  });
  return [
    ...(state === undefined ? [] : [["--state", state] as const]),
    ...numbers,
    ...(ofVector === null ? [] : [["--vector", ofVector] as const]),
  ];
}

/** @throws {DlstmError} usage, where a flag reads standard input, which is something else already, or twice. */
export function requireOwnStdin(options: CellOptions, otherwise: string | null): void {
  let taken = otherwise;
  for (const [flag, path] of filesOfFlags(options)) {
    if (path !== "-") continue;
    if (taken !== null) throw misuse(flag, `standard input, which is ${taken} already`);
    taken = `behind ${flag}`;
  }
}

function givenNumbers(options: NumberFlags, keys: readonly (typeof NUMBER_FLAGS)[number][]): Record<string, string> {
  return Object.fromEntries(
    keys.flatMap((key) => {
      const text = textOf(options, key);
      return text === undefined ? [] : [[key, text]];
    }),
  );
}

/** @throws {DlstmError} usage, for the first flag that says something of a cell's numbers. */
export function refuseNumbers(options: CellOptions, message: string): void {
  const { state, step } = options;
  refuseFlags({ ...givenNumbers(options, NUMBER_FLAGS), state, step }, message);
}

/** @throws {DlstmError} usage, for the first flag that gives numbers of the state. */
export function refuseStateFlags(options: CellOptions, message: string): void {
  refuseFlags(givenNumbers(options, STATE_FLAGS), message);
}

/**
 * @param values what flags give, by their names or by keys
 * @throws {DlstmError} usage, for the first of them that is given.
 */
export function refuseFlags(values: Readonly<Record<string, unknown>>, message: string): void {
  const [key] = Object.entries(values).find(([, value]) => value !== undefined) ?? [];
  if (key) throw misuse(flagOf(key), message);
}
