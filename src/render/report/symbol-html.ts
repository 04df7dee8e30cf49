/** Words with symbols and numbers as they are set: `∂h_t/∂h_{t-1}` with real lower indices, `-2e-18` with a minus and a power. */
import { escapeHtml } from "../escape.ts";
import { spelledNumbers } from "../number-spelling.ts";
import { type Name, textOf } from "../symbols.ts";

/** Where an index stands: `h_{t-1}`, `c_t`, `∂s_12`, `10^{−18}`. */
const INDEX = /([_^])(?:\{([^}]*)\}|(\d+|\w))/g;
const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";

type Set = (index: string, isRaised: boolean) => string;

export function symbolHtml(symbol: Name): string {
  return withIndices(escapeHtml(spelledNumbers(textOf(symbol))), (index, isRaised) =>
    isRaised ? `<sup>${index}</sup>` : `<sub>${index}</sub>`,
  );
}

/** A number of a table, of which there are many. */
export function numberHtml(text: string): string {
  if (text.includes("e")) return symbolHtml(text);
  return text.startsWith("-") ? `−${text.slice(1)}` : text;
}

/** For a text element of SVG. */
export function symbolSvg(symbol: Name): string {
  return withIndices(escapeHtml(spelledNumbers(textOf(symbol))), (index, isRaised) => {
    const shift = isRaised ? -4 : 3;
    return `<tspan dy="${shift}" font-size="70%">${index}</tspan><tspan dy="${-shift}">\u200a</tspan>`;
  });
}

/** Without markup, for what is read aloud or shows under the pointer; not yet escaped. */
export function symbolPlain(symbol: Name): string {
  return withIndices(spelledNumbers(textOf(symbol)), (index, isRaised) => (isRaised ? raised(index) : `_${index}`));
}

function raised(index: string): string {
  return /^−?\d+$/.test(index) ? index.replace(/\d/g, (digit) => RAISED[Number(digit)]).replace("−", "⁻") : `^${index}`;
}

function withIndices(symbol: string, set: Set): string {
  return symbol.replace(INDEX, (_, sign: string, braced?: string, plain?: string) =>
    set((braced ?? plain ?? "").replace("-", "−"), sign === "^"),
  );
}
