/** The shape of a dataset or an attribute (specification, IV.A.2.b). */

import type { Cursor } from "./cursor.ts";

/** As HDF5 itself has it. */
const MOST_AXES = 32;

/** The shape, empty for a single entry; null where there is no entry at all. @throws {DlstmError} syntax, unsupported. */
export function readDataspace(body: Cursor): number[] | null {
  const version = body.version(1, 2);
  const rank = body.u8();
  if (rank > MOST_AXES) throw body.fault(`${rank} axes, expected at most ${MOST_AXES}`);
  body.skip(1);
  const kind = body.u8();
  if (version === 1) body.skip(4);
  const shape = Array.from({ length: rank }, () => body.length());
  return version === 2 && kind === 2 ? null : shape;
}
