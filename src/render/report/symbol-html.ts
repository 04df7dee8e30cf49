import { escapeHtml } from "../escape.ts";
import { type Name, textOf } from "../symbols.ts";

/** Where a lower index stands in a symbol: `h_{t-1}`, `c_t`, `∂s_12`. */
const INDEX = /_(?:\{([^}]*)\}|(\d+|\w))/g;

/** `∂h_t/∂h_{t-1}` with real lower indices. */
export function symbolHtml(symbol: Name): string {
  return withIndices(textOf(symbol), (index) => `<sub>${index}</sub>`);
}

/** The same for a text element of SVG. */
export function symbolSvg(symbol: string): string {
  return withIndices(symbol, (index) => `<tspan dy="3" font-size="70%">${index}</tspan><tspan dy="-3">\u200a</tspan>`);
}

function withIndices(symbol: string, lowered: (index: string) => string): string {
  return escapeHtml(symbol).replace(INDEX, (_, braced?: string, plain?: string) =>
    lowered((braced ?? plain ?? "").replace("-", "−")),
  );
}

/** The same for an attribute that is read aloud. */
export function symbolSpoken(symbol: string): string {
  return escapeHtml(symbol.replace(/[{}]/g, ""));
}
