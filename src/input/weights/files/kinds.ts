/** The kind of a file, told by what it holds, never by its name. */

import { failure } from "../../../errors.ts";
import type { ReadKind } from "./kind.ts";
import { expectedKinds, KIND_TABLE } from "./kind-table.ts";
import type { OpenedFile } from "./opened.ts";

/**
 * @throws {DlstmError} unsupported for a kind that is known and not read; syntax for what is none.
 */
export function kindOf(file: OpenedFile): ReadKind {
  const kind = KIND_TABLE.find(({ is }) => is(file));
  if (kind === undefined) throw failure("syntax", `no kind of file that is known: ${expectedKinds()}`);
  if ("remedy" in kind) throw failure("unsupported", `${kind.name}; ${kind.remedy.replace("FILE", pythonText(file))}`);
  return kind;
}

/** The file's name as Python writes it, so that the line can be run; what came from standard input has none. */
function pythonText({ source }: OpenedFile): string {
  return source.beside === undefined ? "'FILE'" : `'${source.file.replaceAll(/[\\']/g, "\\$&")}'`;
}
