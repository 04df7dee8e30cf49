import { DlstmError } from "../errors.ts";

/** What a computation gives; null where it leaves the double range, or the cell lacks what it needs. */
export function attempt<T>(run: () => T): T | null {
  try {
    return run();
  } catch (error) {
    if (error instanceof DlstmError) return null;
    throw error;
  }
}
