import { sheetOf } from "../../grade/sheet.ts";
import { sheetText } from "../../render/sheet.ts";
import type { Context } from "../context.ts";
import type { CellOptions } from "../options.ts";
import { writeResult } from "../write.ts";
import { loadKey } from "./key.ts";

export interface SheetFlags extends CellOptions {
  readonly require?: readonly string[];
  readonly output?: string;
}

/** Prints an answer with every key and no numbers. */
export async function printSheet(keyPath: string, flags: SheetFlags, context: Context): Promise<void> {
  const { key } = await loadKey(keyPath, flags, context);
  await writeResult([`${sheetText(sheetOf(key, flags.require ?? null))}\n`], flags.output, context);
}
