import { expect, test } from "vitest";
import { Window } from "../../../../src/input/weights/files/window.ts";
import { byteSource } from "../../../helpers/byte-source.ts";

const bytes = Uint8Array.from({ length: 1 << 18 }, (_, k) => (k * 7 + (k >> 8)) & 255);

test("a window gives the bytes of the file, wherever they stand", () => {
  const window = new Window(byteSource(bytes));
  for (const [start, length] of [
    [0, 1],
    [16383, 2],
    [16384, 16384],
    [5, 40000],
    [262143, 1],
    [262144, 0],
    [100000, 8192],
    [16380, 4],
  ]) {
    expect(window.read(start, length)).toEqual(bytes.subarray(start, start + length));
    if (length > 0) expect(window.byteAt(start)).toBe(bytes[start]);
  }
});

test("places that are asked for by turns are not read again and again", () => {
  const source = byteSource(bytes);
  const window = new Window(source);
  for (let k = 0; k < 4000; k++) {
    expect(window.byteAt(k)).toBe(bytes[k]);
    expect(window.read(200_000 + k, 8)).toEqual(bytes.subarray(200_000 + k, 200_008 + k));
    expect(window.byteAt(100_000 - k)).toBe(bytes[100_000 - k]);
  }
  expect(source.bytesRead).toBeLessThan(8 * 16384);
  // what is passed over is not read
  const sparse = byteSource(bytes);
  new Window(sparse).byteAt(150_000);
  expect(sparse.bytesRead).toBe(16384);
});
