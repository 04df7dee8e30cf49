import { uniformBigInt } from "pure-rand/distribution/uniformBigInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

const word = new DataView(new ArrayBuffer(8));

/** Seeded doubles over all 53 bits and all exponents from −1074 to 1023, both signs. */
export function randomDoubles(seed: number): () => number {
  const generator = xoroshiro128plus(seed);
  return () => {
    for (;;) {
      word.setBigUint64(0, uniformBigInt(generator, 0n, 2n ** 64n - 1n));
      const double = word.getFloat64(0);
      if (Number.isFinite(double)) return double;
    }
  };
}
