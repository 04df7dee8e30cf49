import { expect, test } from "vitest";
import { storedZipChunks } from "../../../../../src/input/weights/files/zip/write-stored.ts";

test("an archive whose sizes would not fit 32 bits is refused before its first byte", () => {
  const member = (size: number) => ({ name: "W_f.npy", size, bytes: () => new Uint8Array() });
  expect(() => storedZipChunks([member(2 ** 31), member(2 ** 31)]).next()).toThrow(
    /^429496\d{4} bytes, expected less than 4 GiB in a zip archive; safetensors holds more$/,
  );
  expect(storedZipChunks([member(2 ** 31)]).next().done).toBe(false);
});
