/** What --names and --order say, and how they say it. */

import { misuse } from "../../../errors.ts";
import { GATES, type Gate } from "../../../lstm/names.ts";
import { nearestIs } from "../../../words/nearest.ts";
import { gateWritten } from "../../../words/synonyms.ts";
import type { Part } from "./convention.ts";

/** What a tensor is: weights or bias of all gates, or of one. */
export interface Role {
  readonly part: Part;
  /** null: of all four. */
  readonly gate: Gate | null;
}

/** One of --names: a role, and the tensor that has it. */
export interface DeclaredName {
  readonly role: Role;
  readonly name: string;
}

/** The roles of --names, as it writes them: W, U, b, xh, hx, and those of one gate, W_f. */
const ROLES: ReadonlyMap<string, Role> = new Map<string, Role>([
  ...(["W", "U", "b", "xh", "hx"] as const).map((part): [string, Role] => [part, { part, gate: null }]),
  ...(["W", "U", "b"] as const).flatMap((part) =>
    GATES.map((gate): [string, Role] => [`${part}_${gate}`, { part, gate }]),
  ),
]);

const ROLE_NAMES = "W, U, b, xh, hx, W_f, U_f, b_f, …";

/**
 * `W=kernel,U=recurrent_kernel,b=bias`
 * @throws {DlstmError} usage.
 */
export function parseNames(text: string): DeclaredName[] {
  const names = text.split(",").map((pair): DeclaredName => {
    const at = pair.indexOf("=");
    const word = pair.slice(0, Math.max(at, 0)).trim();
    const role = roleOf(word);
    const name = pair.slice(at + 1).trim();
    if (role === undefined || name === "") {
      throw misuse(
        "--names",
        `${pair || "nothing"}, expected a role and a tensor, such as W=kernel: one of ${ROLE_NAMES}${nearestIs(word, [...ROLES.keys()])}`,
      );
    }
    return { role, name };
  });
  if (!names.some(({ role }) => role.part !== "W" && role.part !== "b")) {
    throw misuse("--names", `${text}, expected the weights of h among them: U=NAME`);
  }
  return names;
}

/** W_g, as equations write W_u, is that one. */
function roleOf(word: string): Role | undefined {
  const [, part, letter] = /^([WUb])_(.*)$/.exec(word) ?? [];
  const gate = letter === undefined ? null : gateWritten(letter, GATES);
  return ROLES.get(gate === null ? word : `${part}_${gate}`);
}

/** The letters of the gates; that of u is g in PyTorch, c in Keras, z elsewhere. */
const LETTERS: Readonly<Record<string, Gate>> = { f: "f", i: "i", o: "o", u: "u", g: "u", c: "u", z: "u" };

/**
 * `ifgo`
 * @throws {DlstmError} usage.
 */
export function parseOrder(text: string): Gate[] {
  const gates = Array.from(text.replaceAll(/[\s,]/g, ""), (letter) => LETTERS[letter]);
  if (gates.length === GATES.length && GATES.every((gate) => gates.includes(gate))) return gates;
  const expected =
    "expected the gates in the order of their blocks, each once, f, i, o and g (or u, c, z): such as ifgo";
  throw misuse("--order", `${text || "nothing"}, ${expected}`);
}
