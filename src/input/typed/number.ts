/** A number as people type it: a decimal, or a fraction of two; U+2212 is a minus too. */

import { type Decimal, decimalOf } from "../../notation/decimal.ts";
import { dashIn } from "../dashes.ts";
import { excerpt, TOO_LARGE, TOO_SMALL } from "../excerpt.ts";
import { isTiny } from "../tiny-numbers.ts";
import { nearestRatio } from "./ratio.ts";

const MINUS = "\u2212";
const DECIMAL = /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?$/;

/** A longer fraction takes more time than anybody has a use for. */
const LONGEST_FRACTION = 2 ** 14;

const EXAMPLES = "-0.5, 1e-3 or 1/3";
const EXPECTED = `expected one such as ${EXAMPLES}`;

/** The nearest double; a fraction is divided exactly and rounded once. NaN where {@link numberFault} has something to say. */
export function typedNumber(text: string): number {
  const plain = text.includes(MINUS) ? text.replaceAll(MINUS, "-") : text;
  if (DECIMAL.test(plain)) {
    const value = Number(plain);
    return Number.isFinite(value) && !(value === 0 && isTiny(plain)) ? value : Number.NaN;
  }
  const parts = fractionOf(plain);
  if (parts === null || parts[1].digits === 0n) return Number.NaN;
  const value = nearestRatio(...parts);
  return Number.isFinite(value) && (value !== 0 || parts[0].digits === 0n) ? value : Number.NaN;
}

/** Why a text is no number that is read, and what was expected: a sentence. */
export function numberFault(text: string): string {
  if (text.trim() === "") return `empty, expected a number such as ${EXAMPLES}`;
  const shown = excerpt(text);
  if (/^[-+\u2212]?(nan|inf|infinity)$/i.test(text)) return `${shown} is not a finite number, ${EXPECTED}`;
  const plain = text.replaceAll(MINUS, "-");
  const parts = fractionOf(plain);
  if (parts?.[1].digits === 0n) return `${shown} is divided by zero, expected another denominator`;
  if (parts || DECIMAL.test(plain)) {
    const value = parts ? nearestRatio(...parts) : Number(plain);
    return `${shown} is ${value === 0 ? TOO_SMALL : TOO_LARGE}, expected a finite number`;
  }
  if (plain.length > LONGEST_FRACTION) {
    return `${shown}: ${plain.length} characters, expected at most ${LONGEST_FRACTION} in a fraction`;
  }
  if (/^\/|\/$/.test(text)) return `${shown} is not a number, ${EXPECTED}, without spaces`;
  if (/^[-+]?\d+,\d+$/.test(plain)) return `${shown} has a decimal comma, expected a point: ${plain.replace(",", ".")}`;
  const dash = dashIn(plain);
  if (dash !== null) return `${shown} has ${dash}, expected -`;
  return `${shown} is not a number, ${EXPECTED}`;
}

/** Numerator and denominator, each a decimal; null where it is no such fraction. */
function fractionOf(text: string): readonly [Decimal, Decimal] | null {
  if (text.length > LONGEST_FRACTION) return null;
  const parts = text.split("/");
  return parts.length === 2 && parts.every((part) => DECIMAL.test(part))
    ? [decimalOf(parts[0]), decimalOf(parts[1])]
    : null;
}
