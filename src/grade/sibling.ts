import { type Quantity, quantities } from "../lstm/quantities.ts";

const DISTINGUISHING = ["family", "gate", "of", "wrt", "norm", "goal", "part", "key"] as const;

/** The same quantity but for what is changed: of another gate, goal, part …; itself where there is none. */
export function sibling(
  quantity: Quantity,
  change: Partial<Record<(typeof DISTINGUISHING)[number], string>>,
): Quantity {
  const traits = (of: object) => DISTINGUISHING.map((name) => (of as Record<string, unknown>)[name]).join();
  const wanted = traits({ ...quantity, ...change });
  return quantities().find((other) => traits(other) === wanted) ?? quantity;
}
