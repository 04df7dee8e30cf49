/** Text to a JSON value: what JSON.parse accepts, minus what no reader could take in one way only. */

import { failure } from "../errors.ts";
import { rejectDuplicateKeys } from "./duplicate-keys.ts";
import { locateFault } from "./json-fault.ts";
import { withoutTinyNumbers } from "./tiny-numbers.ts";

export type Crowd = readonly (readonly [character: string, most: number])[];

/**
 * How often a character may stand in one text. Far above any cell that 512 MB can hold; beyond these counts JSON.parse
 * takes minutes or aborts the process (one array of 2.5e8 numbers, 1e8 empty arrays, 1.6e7 keys in one object).
 */
const MOST: Crowd = [
  ["[", 2 ** 24],
  ["{", 2 ** 24],
  ['"', 2 ** 24],
  [",", 2 ** 26],
];

/**
 * The value of a JSON text; NaN for a number such as 1e-400, which is not zero but would read as zero, as Infinity is
 * what JSON.parse makes of 1e999.
 *
 * @param most how often characters may stand in it
 * @throws {DlstmError} code `syntax` at `line L, column C`, `duplicate-key` at the key's path, `too-large` if the
 * text has more parts than can be parsed within seconds, `not-a-number` for 2^17 numbers that read as zero.
 */
export function parseJson(text: string, most: Crowd = MOST): unknown {
  rejectCrowded(text, most);
  const value = parse(text);
  rejectDuplicateKeys(text);
  return withoutTinyNumbers(text, value);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const fault = locateFault(text);
    if (fault === null) throw error;
    throw failure("syntax", fault.message, { place: fault.place });
  }
}

/** @throws {DlstmError} too-large, where a character stands more often than that. */
export function rejectCrowded(text: string, crowd: Crowd): void {
  for (const [character, most] of crowd) {
    if (text.length <= most) continue;
    let count = 0;
    for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) {
      count += 1;
      if (count > most) throw failure("too-large", `more than ${most} times '${character}' in one text`);
    }
  }
}
