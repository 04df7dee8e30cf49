import { execFileSync } from "node:child_process";
import { linkSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable, Writable } from "node:stream";
import { describe, expect, test } from "vitest";
import { withSource } from "../../src/cli/source.ts";
import { besideOf } from "../../src/input/weights/files/beside.ts";
import type { ByteSource } from "../../src/input/weights/tensor.ts";
import { laterProblemOf } from "../helpers/byte-source.ts";
import { temporaryFolder } from "../helpers/run.ts";

const above = temporaryFolder();
const folder = join(above, "model");
for (const name of [folder, join(folder, "weights"), join(above, "elsewhere")]) mkdirSync(name);
const at = (...parts: string[]) => join(folder, ...parts);
writeFileSync(at("model.onnx"), "0123456789");
writeFileSync(at("w.bin"), "abcde");
writeFileSync(at("weights", "w.bin"), "fgh");
writeFileSync(join(above, "secret"), "secret");
writeFileSync(join(above, "elsewhere", "w.bin"), "secret");
symlinkSync("../secret", at("link.bin"));
symlinkSync("w.bin", at("inner.bin"));
symlinkSync("../elsewhere", at("linked"));
symlinkSync("nowhere", at("dangling.bin"));
linkSync(at("w.bin"), at("hard.bin"));
execFileSync("mkfifo", [at("pipe.bin")]);

const context = { stdin: Readable.from([]), stdout: new Writable(), stderr: new Writable(), env: {} };

function within<T>(use: (source: ByteSource) => T, maxBytes?: number): Promise<T> {
  return withSource(at("model.onnx"), maxBytes, context, async (source) => use(source));
}

const textOf = (source: ByteSource) => Buffer.from(source.read(0, source.size)).toString();

describe("the files beside a file", () => {
  test("are read by position, from its folder and from those below", async () => {
    const read = within((source) =>
      ["w.bin", "weights/w.bin", "hard.bin"].map((name) => textOf(besideOf(source, name))),
    );
    expect(await read).toEqual(["abcde", "fgh", "abcde"]);
  });

  test.each([
    ["link.bin", "unsupported", /^a symbolic link, which is not followed, expected a regular file$/],
    ["inner.bin", "unsupported", /^a symbolic link/],
    ["dangling.bin", "unsupported", /^a symbolic link/],
    ["linked/w.bin", "unsupported", /^a symbolic link, which is not followed, expected a regular folder$/],
    ["pipe.bin", "unsupported", /^another kind of file, expected a regular file$/],
    ["weights", "unsupported", /^another kind of file/],
    ["w.bin/x", "unsupported", /^another kind of file, expected a regular folder$/],
    ["none.bin", "not-found", /^no such file, expected it beside .*model\.onnx, which names it$/],
    ["none/w.bin", "not-found", /^no such file/],
  ])("%s is refused", async (name, code, message) => {
    const problem = await laterProblemOf(within((source) => besideOf(source, name)));
    expect(problem).toMatchObject({ code, message: expect.stringMatching(message) });
    expect(problem?.file).toContain("model/");
  });

  test("a name is opened once, however often it is asked for", async () => {
    await within((source) => {
      const first = besideOf(source, "w.bin");
      for (let k = 0; k < 10_000; k++) expect(besideOf(source, "w.bin")).toBe(first);
    }, 15);
  });

  test("count to --max-bytes together with the file that names them", async () => {
    const both = (source: ByteSource) => besideOf(source, "w.bin") && besideOf(source, "weights/w.bin");
    expect(await laterProblemOf(within(both, 18))).toBeNull();
    expect(await laterProblemOf(within(both, 17))).toMatchObject({ code: "too-large", file: at("weights", "w.bin") });
  });

  test("are closed with it", async () => {
    const source = await within((one) => besideOf(one, "w.bin"));
    expect(() => source.read(0, 1)).toThrow(/EBADF/);
  });
});
