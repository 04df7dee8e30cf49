/** Reads the numbers that flags give: loaded only where there are any. */
import { atPlace, misuse, ProblemList } from "../errors.ts";
import type { Override } from "../input/overrides.ts";
import { type TypedFlag, type TypedKey, typedOverride } from "../input/typed/override.ts";
import type { Context } from "./context.ts";
import { fileIn, flagOf } from "./number-keys.ts";
import type { Extent } from "./options.ts";
import { withSource } from "./source.ts";

/**
 * @param given the keys with what stands behind their flags
 * @param maxBytes of a file
 * @throws {DlstmError} with all that is wrong with them, naming flag, row and entry.
 */
export async function readNumbers(
  given: readonly (readonly [key: TypedKey, text: string])[],
  maxBytes: number | undefined,
  extent: Extent,
  context: Context,
): Promise<Override[]> {
  const problems = new ProblemList();
  const overrides: Override[] = [];
  for (const [key, text] of given) {
    const flag = flagOf(key);
    const add = (value: TypedFlag["value"]) => {
      const found = typedOverride({ key, flag, value }, extent === "sequence", problems);
      if (found) overrides.push(found);
    };
    const path = fileIn(text);
    if (path === null) add(text);
    else if (path === "") throw misuse(flag, "@, expected the name of a file behind it");
    else {
      await withSource(path, maxBytes, context, async (source) => add(source)).catch((error: unknown) =>
        atPlace(flag, () => {
          throw error;
        }),
      );
    }
  }
  problems.throwIfAny();
  return overrides;
}
