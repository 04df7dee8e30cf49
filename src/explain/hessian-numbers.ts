/** What a derivation of the second derivatives shows. */

import type { Matrix } from "../linalg/matrix.ts";
import { symmetricEigenvalues } from "../linalg/symmetric-eigenvalues.ts";
import { HESSIAN_DERIVATIVES } from "../lstm/derivatives.ts";
import { secondDerivatives } from "../lstm/hessian.ts";
import { math } from "../notation/read-formula.ts";
import type { NumberRow } from "./number-row.ts";

const BEYOND = "there are second derivatives that leave the range of a double";

/** null for what has entries that leave the double range. */
function told<T extends Matrix | Float64Array>(found: T | undefined): T | null {
  if (found === undefined) return null;
  return (found instanceof Float64Array ? found : found.data).every(Number.isFinite) ? found : null;
}

/** `hessian.h_prev.c_prev` and the like, `eigenvalues` of the block by h_{t-1}. */
export const SECOND_NUMBERS: Readonly<Record<string, NumberRow>> = {
  ...Object.fromEntries(
    HESSIAN_DERIVATIVES.map(({ path, a, wrt, symbol }): [string, NumberRow] => [
      path,
      {
        symbol: symbol(),
        needs: { of: "h_t" },
        value: ({ cell }) => told(secondDerivatives(cell).hessian()[a]?.[wrt]),
        why: BEYOND,
      },
    ]),
  ),
  eigenvalues: {
    symbol: math`λ`,
    needs: { of: "h_t" },
    value: ({ cell }) => {
      const block = told(secondDerivatives(cell).hessian().h_prev.h_prev);
      return block && told(symmetricEigenvalues(block));
    },
    why: BEYOND,
  },
};
