import { readFileSync } from "node:fs";

export interface Written {
  readonly base64: string;
  readonly tensors: Readonly<Record<string, { type: string; shape: number[]; values: number[] }>>;
}

/** The files that test/input/weights/files/written.py had the real writers write, by name. */
export const FILES = (
  JSON.parse(readFileSync("test/input/weights/files/written.json", "utf8")) as { files: Record<string, Written> }
).files;

export const WRITTEN = Object.keys(FILES);

export function writtenBytes(name: string): Uint8Array {
  return new Uint8Array(Buffer.from(FILES[name].base64, "base64"));
}
