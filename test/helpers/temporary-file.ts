import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "./run.ts";

const folder = temporaryFolder();
let files = 0;

/** A file with this JSON, gone after the tests of the file that imports this. */
export function temporaryFile(json: object): string {
  files += 1;
  const path = join(folder, `${files}.json`);
  writeFileSync(path, JSON.stringify(json));
  return path;
}
