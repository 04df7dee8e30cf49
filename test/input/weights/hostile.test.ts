/** Files that are made to do harm: each is read where it is sound, or ends in one line. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { DlstmError } from "../../../src/errors.ts";
import { readCellFile } from "../../../src/input/open-cell.ts";
import { listWeights } from "../../../src/input/weights/read-file.ts";
import { withFile } from "../../helpers/with-file.ts";

const CORPUS = join(import.meta.dirname, "../../../../shared/data/files/hostile");
/** Those whose readers stand. */
const OF_READERS = /^(onnx|tfjs|msgpack|h5)-/;

const files = (existsSync(CORPUS) ? readdirSync(CORPUS) : []).filter((name) => OF_READERS.test(name));

test.skipIf(files.length === 0)("the hostile files are beside this folder (else their tests are left out)", () => {
  expect(files.length).toBeGreaterThan(10);
});

test.skipIf(files.length === 0).each(files)("%s", async (name) => {
  const { main } = JSON.parse(readFileSync(join(CORPUS, name, "expected.json"), "utf8")) as { main: string };
  const outcome = (run: Promise<unknown>) =>
    run.then(
      () => null,
      (error: unknown) => error,
    );
  const read = await outcome(withFile(join(CORPUS, name, main), (source) => readCellFile(source)));
  const listed = await outcome(withFile(join(CORPUS, name, main), (source) => listWeights(source)));
  for (const error of [read, listed]) {
    if (error === null) continue;
    expect(error).toBeInstanceOf(DlstmError);
    expect((error as DlstmError).message.split("\n")).toHaveLength(1);
  }
});
