import { BARS } from "./sparkline.ts";

const PLAIN: Record<string, string> = {
  "∂": "d",
  σ: "sigma",
  "‖": "|",
  "₁": "_1",
  "₂": "_2",
  "∞": "_inf",
  λ: "lambda",
  "…": "...",
  "×": "x",
  "±": "+/-",
  "−": "-",
  "─": "-",
  "═": "=",
  "╤": "+",
  "│": "|",
  "┌": "+",
  "┐": "+",
  "└": "+",
  "┘": "+",
  "┬": "+",
  "┴": "+",
  "←": "<",
  "→": ">",
  "↑": "^",
  "↓": "v",
  "⋮": ":",
  "⋱": "...",
  "–": "-",
  "∘": ".*",
  "·": "*",
  "≤": "<=",
  Σ: "sum",
  Π: "prod",
  ᵀ: "^T",
  ε: "eps",
};

for (const [k, bar] of [...BARS].entries()) PLAIN[bar] = String(k + 1);

/** An exponent: 2⁻⁵³ is 2^-53. */
const exponent = (raised: string) => `^${raised.normalize("NFKD").replace("−", "-")}`;

/** The same text for a terminal that shows only ASCII. Other characters, which stem from names, become ?. */
export function toAscii(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the complement of ASCII
  return text.replace(/[⁻⁰¹²³⁴-⁹]+/g, exponent).replace(/[^\u0000-\u007f]/gu, (character) => PLAIN[character] ?? "?");
}
