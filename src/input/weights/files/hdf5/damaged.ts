import { type DlstmError, failure } from "../../../../errors.ts";

export function damaged(message: string): DlstmError {
  return failure("syntax", `damaged HDF5 file: ${message}`);
}
