import { GATES, NORMS, OUTPUTS, WRTS } from "../../src/lstm/names.ts";
import { derivativeSymbol, optimumSymbol, pathSymbol, textOf } from "../../src/render/symbols.ts";

/** The text of every symbol of a step's results. */
export const EVERY_SYMBOL = [
  ...OUTPUTS.flatMap((of) => WRTS.map((wrt) => derivativeSymbol(of, wrt))),
  ...GATES.map(pathSymbol),
  ...GATES.flatMap((g) => NORMS.flatMap((norm) => [optimumSymbol(g, "max", norm), optimumSymbol(g, "min", norm)])),
].map(textOf);
