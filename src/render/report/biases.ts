/** How c_t and h_t move with the biases, and with the weights: of these nothing but a factor is new. */
import { PARAMETER_DERIVATIVES } from "../../lstm/derivatives.ts";
import { heldIn } from "../../lstm/quantities.ts";
import type { JacobianResult } from "../../lstm/results/records.ts";
import { vectorColumn } from "../section.ts";
import { symbolHtml } from "./symbol-html.ts";
import { strip } from "./vectors.ts";

/** More units than this are for `jacobian --wrt`. */
const MOST_UNITS = 16;

/** Empty for a cell that does not tell them, or of many units. */
export function biasesHtml(result: JacobianResult | null, digits: number): string {
  if (result === null || result.hidden_size > MOST_UNITS) return "";
  const columns = PARAMETER_DERIVATIVES.flatMap((row) => {
    const values = row.isSeen ? heldIn(result, row) : undefined;
    return values instanceof Float64Array ? [vectorColumn(row.symbol(), values)] : [];
  });
  const factors = `Times ${symbolHtml("x_t")}, component by component, these are the derivatives by the row of ${symbolHtml("W_g")} that belongs to the unit; times ${symbolHtml("h_{t-1}")}, by that of ${symbolHtml("U_g")}.`;
  const picture = strip("Each unit by its biases", columns, "unit", digits);
  return `${picture}<p class=axes>${factors}</p>`;
}
