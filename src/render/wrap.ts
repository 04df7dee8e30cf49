/** The text in lines of at most `width` characters, broken at spaces; a longer word stands alone. */
export function wrap(text: string, width: number): string {
  return text.replace(new RegExp(`(.{1,${Math.max(1, width)}})(?: +|$)`, "gu"), "$1\n").trimEnd();
}

/** The same, line by line. */
export function wrapped(text: string, width: number): string[] {
  return wrap(text, width).split("\n");
}
