/** The halves of bidirectional wrappers, which their names tell. Every start loads it: it needs no list of what is foreign. */

import type { Candidate } from "./candidates.ts";

/** Whether a key above the tensors is that of the backward half of a bidirectional wrapper. */
export function isBackwardHalf(candidate: Pick<Candidate, "layout" | "prefix">): boolean {
  return backwardKeys(candidate) !== null;
}

/** The keys down to that of the backward half, joined by dots; null where there is none. */
export function backwardKeys({ layout, prefix }: Pick<Candidate, "layout" | "prefix">): string | null {
  const { backwardHalf } = layout;
  if (backwardHalf === undefined) return null;
  const keys = prefix.split(/[./]/);
  const at = keys.findLastIndex((key) => backwardHalf.test(key));
  return at < 0 ? null : keys.slice(0, at + 1).join(".");
}
