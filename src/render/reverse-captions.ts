/** What the reader of a reverse cell's sequence has to know: t counts the steps in the order taken. */
export function reverseCaptions({ reverse }: { readonly reverse?: true }): string[] {
  return reverse ? ["reverse: x is read from its last row to its first, and t = 1 is the last row"] : [];
}
