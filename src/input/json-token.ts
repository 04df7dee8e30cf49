/** Words and numbers of JSON, and what is wrong with others. */

import { excerpt } from "./excerpt.ts";

const NUMBER = /^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$/;
const LITERAL = /^(true|false|null)$/;

/** What is wrong with a word or number that is no JSON value: the first row that fits; the token stands before it. */
const TOKEN_FAULTS: readonly (readonly [pattern: RegExp, sentence: string])[] = [
  [/^[-+]?(nan|inf|infinity)$/i, "is not a JSON number; expected a finite number"],
  [/^true$/i, "is not JSON; expected true"],
  [/^false$/i, "is not JSON; expected false"],
  [/^(none|null|nil|undefined)$/i, "is not JSON; expected null"],
  [/^\+/, "has a leading +, which JSON numbers never have"],
  [/^-?0[0-9]/, "has leading zeros, which JSON numbers never have"],
  [/^-?\./, "has no digit before the decimal point"],
  [/^-?[0-9]+\.([eE]|$)/, "has no digit after the decimal point"],
  [/^-?[0-9.]+[eE][-+]?$/, "has no digit in its exponent"],
  [/^[-0-9]/, "is not a JSON number"],
  [/^/, "is not a JSON value; text stands in double quotes"],
];

export function isToken(token: string): boolean {
  return LITERAL.test(token) || NUMBER.test(token);
}

/** Why a token is no value, a sentence that begins with it. */
export function tokenFault(token: string): string {
  const [, sentence] = TOKEN_FAULTS.find(([pattern]) => pattern.test(token))!;
  return `${excerpt(token)} ${sentence}`;
}
