const PLAIN: Record<string, string> = {
  "∂": "d",
  σ: "sigma",
  "‖": "|",
  "₁": "_1",
  "₂": "_2",
  "∞": "_inf",
  "…": "...",
  "×": "x",
  "±": "+/-",
  "−": "-",
  "─": "-",
  "⋮": ":",
  "⋱": "...",
  "–": "-",
  "∘": ".*",
  "·": "*",
  "≤": "<=",
  Σ: "sum",
  Π: "prod",
  ᵀ: "^T",
  "²": "^2",
  // a sparkline's heights
  "▁": "1",
  "▂": "2",
  "▃": "3",
  "▄": "4",
  "▅": "5",
  "▆": "6",
  "▇": "7",
  "█": "8",
};

/** The same text for a terminal that shows only ASCII. Other characters, which stem from names, become ?. */
export function toAscii(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the complement of ASCII
  return text.replace(/[^\u0000-\u007f]/gu, (character) => PLAIN[character] ?? "?");
}
