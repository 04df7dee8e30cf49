import { describe, expect, test } from "vitest";
import { decodeFloats, lazyTensor, readFloats } from "../../../../src/input/weights/files/floats.ts";
import { bfloatToDouble, halfToDouble } from "../../../../src/input/weights/files/small-floats.ts";
import { byteSource, problemOf } from "../../../helpers/byte-source.ts";
import { randomIn } from "../../../helpers/random.ts";
import float8 from "./float8.json" with { type: "json" };

describe("floating-point types of 16 bits", () => {
  // IEEE 754-2019, table 3.5: 11 bits of precision, exponents from -14 to 15
  test.each([
    [0x0000, 0],
    [0x8000, -0],
    [0x0001, 2 ** -24],
    [0x03ff, 1023 * 2 ** -24],
    [0x0400, 2 ** -14],
    [0x3555, 0.333251953125],
    [0x3c00, 1],
    [0xc000, -2],
    [0x7bff, 65504],
    [0x7c00, Number.POSITIVE_INFINITY],
    [0xfc00, Number.NEGATIVE_INFINITY],
    [0x7e00, Number.NaN],
  ])("the half 0x%s is %s", (bits, value) => {
    expect(halfToDouble(bits)).toBe(value);
  });

  test.each([
    [0x3f80, 1],
    [0xc040, -3],
    [0x0001, 2 ** -133],
    [0x7f7f, 255 * 2 ** 120],
    [0xff80, Number.NEGATIVE_INFINITY],
    [0x7fc0, Number.NaN],
  ])("the bfloat16 0x%s is %s", (bits, value) => {
    expect(bfloatToDouble(bits)).toBe(value);
  });

  test("every half is above the one before", () => {
    for (let bits = 1; bits < 0x7c00; bits++) expect(halfToDouble(bits) > halfToDouble(bits - 1)).toBe(true);
  });
});

test.each(["F8_E4M3", "F8_E5M2", "F8_E4M3FNUZ", "F8_E5M2FNUZ"] as const)(
  "every %s is what PyTorch makes of it",
  (type) => {
    const bits = Uint8Array.from({ length: 256 }, (_, k) => k);
    const texts = { nan: Number.NaN, inf: Number.POSITIVE_INFINITY, "-inf": Number.NEGATIVE_INFINITY };
    const expected = float8[type].map((value) => (typeof value === "string" ? texts[value as "nan"] : value));
    expect([...decodeFloats(bits, type, true)]).toEqual(expected);
  },
);

test.each(["F64", "F32", "F16", "BF16"] as const)(
  "%s is read at any offset, in either order, from any view",
  (type) => {
    const width = { F64: 8, F32: 4, F16: 2, BF16: 2 }[type];
    const patterns = {
      F64: "3ff8000000000000c000000000000000",
      F32: "3fc00000c0000000",
      F16: "3e00c000",
      BF16: "3fc0c000",
    };
    const big = Buffer.from(patterns[type], "hex");
    const little = Buffer.concat([big.subarray(0, width).reverse(), big.subarray(width).reverse()]);
    for (const littleEndian of [true, false]) {
      const bytes = littleEndian ? little : Buffer.from(patterns[type], "hex");
      for (let offset = 0; offset < 8; offset++) {
        const padded = Buffer.concat([Buffer.alloc(offset), bytes]);
        for (const view of [padded.subarray(offset), new Uint8Array(padded).subarray(offset)]) {
          const before = [...view];
          expect([...decodeFloats(view, type, littleEndian)]).toEqual([1.5, -2]);
          expect([...view]).toEqual(before);
        }
      }
    }
  },
);

describe("a tensor in pieces", () => {
  // of which the pieces of a reader hold 65,520 entries
  const shape = [20_000, 12];
  const values = Float32Array.from({ length: 240_000 }, randomIn(5));
  const tensorOf = (entries: Float32Array) => {
    const source = byteSource(new Uint8Array(entries.buffer));
    return lazyTensor({ name: "kernel", shape, type: "F32" }, (type, taker) =>
      readFloats(source, 0, source.size, type, true, taker),
    );
  };

  test("is all of it, in multiples of what is asked for", () => {
    const found: number[] = [];
    const take = (piece: Float64Array) => {
      expect(piece.length % 12).toBe(0);
      for (const entry of piece) found.push(entry);
    };
    const rest = tensorOf(values).values({ multiple: 12, take });
    expect([...found, ...rest]).toEqual([...values]);
    expect(found.length).toBe(values.length);
  });

  test("tells where an entry is that is not finite, in whichever piece", () => {
    const wrong = values.slice();
    wrong[12 * 15_000 + 7] = Number.POSITIVE_INFINITY;
    const taker = { multiple: 12, take: () => {} };
    expect(problemOf(() => tensorOf(wrong).values(taker))?.place).toBe("kernel[15000][7]");
    expect(problemOf(() => tensorOf(wrong).values())?.place).toBe("kernel[15000][7]");
  });
});
