import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { newWalker } from "../../../src/input/walk/walker.ts";

const walker = newWalker()!;
const [LINE, NUMBERS] = [walker.at("LINE"), walker.at("NUMBERS")];

/** What a row of one numeral is read as; null where it is left to others. */
function read(text: string): number | null {
  const line = `{"b_f":[${text}]}`;
  walker.bytes.write(line, LINE);
  return walker.walk(line.length) ? walker.bytes.readDoubleLE(NUMBERS) : null;
}

function expectAsJson(text: string): void {
  const value = JSON.parse(text);
  const expected = Number.isFinite(value) && (value !== 0 || /^-?0*[.]?0*([eE].*)?$/.test(text)) ? value : null;
  expect(Object.is(read(text), expected), text).toBe(true);
}

/** Every double, from the bits. */
const anyDouble = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map((bits) => {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, bits);
  return view.getFloat64(0);
});

describe("a numeral", () => {
  // more zeros than an exponent is usually long; and exponents beyond 32 bits
  test("with thousands of zeros that its exponent takes back is no other than the same without them", () => {
    for (const zeros of [9_980, 9_999, 10_050, 99_999, 1_000_000]) {
      for (const digits of ["1", "25", "12345678901234567890"]) {
        for (const more of [0, 1, 8, 60]) expectAsJson(`0.${"0".repeat(zeros)}${digits}e${zeros + more}`);
        expectAsJson(`${digits}${"0".repeat(zeros)}e-${zeros}`);
        expectAsJson(`0.${"0".repeat(zeros)}${digits}e${2 ** 32 + zeros}`);
      }
    }
  });

  test("of up to 19 digits is the nearest double, and so is one of more", () => {
    const digits = fc.bigInt({ min: 1n, max: 10n ** 20n - 1n });
    const cut = fc.nat(19);
    fc.assert(
      fc.property(digits, cut, fc.integer({ min: -90, max: 60 }), fc.nat(20), (all, end, exponent, point) => {
        const mantissa = String(all).slice(end) || "1";
        if (mantissa.startsWith("0")) return;
        expectAsJson(`${mantissa}e${exponent}`);
        const at = Math.min(point, mantissa.length - 1);
        if (at > 0) expectAsJson(`-${mantissa.slice(0, at)}.${mantissa.slice(at)}E${exponent}`);
        expectAsJson(`0.${"0".repeat(point)}${mantissa}`);
      }),
      { numRuns: 8_000, seed: 17 },
    );
  });

  test("is what every double is spelt as, and digits of it in plenty", () => {
    fc.assert(
      fc.property(anyDouble, (x) => {
        if (!Number.isFinite(x)) return;
        expectAsJson(JSON.stringify(x));
        expectAsJson(x.toPrecision(17));
        expectAsJson(x.toPrecision(21));
      }),
      { numRuns: 3_000, seed: 17 },
    );
  });

  // the even neighbour of a half, and what lies one digit beside it: 19 digits and less, powers of ten of both signs
  test("halfway between two doubles is the even one, and beside it the nearer", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 2n ** 52n, max: 2n ** 53n - 1n }), fc.integer({ min: -5, max: 9 }), (m, e) => {
        const twice = 2n * m + 1n;
        const [half, exponent] = e >= 0 ? [twice << BigInt(e), 0] : [twice * 5n ** BigInt(-e), e];
        for (const beside of [-1n, 0n, 1n]) expectAsJson(`${half + beside}e${exponent}`);
      }),
      { numRuns: 3_000, seed: 17 },
    );
    expect(read("9007199254740993")).toBe(9007199254740992);
    expect(read("900719925474099300e-2")).toBe(9007199254740992);
    expect(read("900719925474099301e-2")).toBe(9007199254740994);
  });

  test.each([
    "0",
    "-0",
    "0.0",
    "0e5",
    "1e5",
    "1E+5",
    "1.5e-3",
    "-12.50",
    "0.1e1",
    "1e-7",
    "5e-324",
    "1e308",
    "12345678",
  ])("%s is as JSON.parse has it", (text) => expectAsJson(text));

  test.each(["", "-", "+1", ".5", "1.", "1.e2", "1e", "1e+", "0e", "-0e-", "NaN", "1e999", "1e-400", "0.0e", "e5"])(
    "%j is left to others",
    (text) => expect(read(text)).toBeNull(),
  );

  test.each(["01", "-00", "1.2.3", "1e5e5", "1_000", "0x1f", "1 2", "1/", "1:"])("no number is %j", (text) => {
    expect(read(text)).toBeNull();
  });
});

test("a line ends where it says, whatever stood there before", () => {
  expect(read("1234567812345678")).toBe(1234567812345678);
  for (const length of [9, 10, 11]) {
    walker.bytes.write('{"b_f":[1]}', LINE);
    expect(walker.walk(length)).toBe(length === 11);
  }
});
