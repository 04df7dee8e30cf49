/** So many vectors stand beside each other in LaTeX. */
export const BESIDE = 3;

/** Neighbours, so many together; the last of them may be fewer. */
export function groupsOf<T>(all: readonly T[], most: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / most) }, (_, k) => all.slice(k * most, (k + 1) * most));
}
