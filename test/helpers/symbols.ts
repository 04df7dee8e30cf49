import { GATES, NORMS } from "../../src/lstm/names.ts";
import { quantities } from "../../src/lstm/quantities.ts";
import { optimumSymbol, textOf } from "../../src/render/symbols.ts";

/** The text of every symbol of a step's results. */
export const EVERY_SYMBOL = [
  ...quantities()
    .filter(({ family }) => family === "jacobian" || family === "terms")
    .map(({ symbol }) => symbol()),
  ...GATES.flatMap((g) => NORMS.flatMap((norm) => [optimumSymbol(g, "max", norm), optimumSymbol(g, "min", norm)])),
].map(textOf);
