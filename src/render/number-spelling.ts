/** How numbers are spelt on a page and in its pictures: a minus as long as a plus, powers of ten raised; LaTeX and MathML have signs of their own. */

/** 4.2e-18, also within words. */
const EXPONENT = /(?<![\w.]|\w-)(\d+(?:\.\d+)?)e([+-]?)(\d+)(?!\.?\w)/g;
/** 10^-221.5 */
const POWER = /\^([-−]?\d+(?:\.\d+)?)/g;
/** Of -0.5, 1-f and -inf, but of no word and no date. */
const MINUS = /(?<![\w)}-])-(?=\.?\d|inf\b)|(?<=(?<!\w)\d)-(?=[a-z]\b)/g;

/** Most words hold nothing of all this. */
const MAY_HOLD = /[-^]|\de|log10/;

/** Words and numbers in the notation of symbols: `-4.2e-18` as `−4.2·10^{−18}`. */
export function spelledNumbers(words: string): string {
  if (!MAY_HOLD.test(words)) return words;
  return words
    .replace(EXPONENT, (_, mantissa: string, sign: string, power: string) => {
      return `${mantissa === "1" ? "" : `${mantissa}·`}10^{${sign === "-" ? "-" : ""}${power}}`;
    })
    .replace(POWER, "^{$1}")
    .replace(MINUS, "−")
    .replace(/\{-(?=\d)/g, "{−")
    .replace(/\blog10\b/g, "log_{10}");
}
