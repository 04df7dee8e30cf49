/** How one column of numbers is written: every entry with the same precision, aligned at the decimal point. */
export type NumberFormat = (value: number) => string;

/** Beyond this ratio of the largest to the smallest entry a column is written with exponents. */
const SPAN = 1e6;

/**
 * The format for a column: `digits` significant digits of its largest entry, exponents where fixed decimals would hide
 * the smallest ones or fill up with zeros; null is no number. An exact zero is written 0, so that it differs from a small number.
 */
export function columnFormat(entries: Iterable<number | null>, digits: number): NumberFormat {
  let max = 0;
  let min = Infinity;
  let whole = true;
  for (const entry of entries) {
    if (entry === null || entry === 0) continue;
    const size = Math.abs(entry);
    max = Math.max(max, size);
    min = Math.min(min, size);
    whole &&= Number.isInteger(entry);
  }
  if (max === 0 || (whole && max < SPAN)) return (value) => String(value + 0);
  const magnitude = Math.floor(Math.log10(max));
  if (max / min > SPAN || magnitude < -4 || magnitude >= Math.max(digits, 6)) {
    // between those of the two all exponents lie
    return exponential(digits, Math.max(exponentLength(max, digits), exponentLength(min, digits)));
  }
  return fixed(Math.min(100, Math.max(0, digits - 1 - magnitude)));
}

function fixed(decimals: number): NumberFormat {
  const zero = decimals === 0 ? "0" : `0${" ".repeat(decimals + 1)}`;
  return (value) => (value === 0 ? zero : value.toFixed(decimals));
}

function exponential(digits: number, exponentWidth: number): NumberFormat {
  const mantissaWidth = digits === 1 ? 0 : digits;
  const zero = `0${" ".repeat(mantissaWidth + exponentWidth)}`;
  return (value) => {
    if (value === 0) return zero;
    const text = value.toExponential(digits - 1);
    return text + " ".repeat(exponentWidth - exponentLength(value, digits));
  };
}

/** The length of e-18 in 4.24835e-18. */
function exponentLength(value: number, digits: number): number {
  const text = value.toExponential(digits - 1);
  return text.length - text.indexOf("e");
}
