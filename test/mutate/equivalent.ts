/** Mutants that no test can tell from the source: each line as it stands, as it is changed, and why nothing changes. */
export const EQUIVALENT: readonly { file: string; was: string; is: string; because: string }[] = [
  {
    file: "src/grade/fraction.ts",
    was: "return power >= 0",
    is: "return power >= 1",
    because: "with the power 0 both branches give numerator/1",
  },
  {
    file: "src/grade/held-entries.ts",
    was: 'const units = shape.kind === "matrix" ? shape.rows : shape.cols;',
    is: "const units = false ? shape.rows : shape.cols;",
    because: "the only matrix by units is h*, [H × H]: as many columns as rows",
  },
  {
    file: "src/linalg/ball.ts",
    was: "return excess > 0 ? without(ball, BigInt(excess)) : ball;",
    is: "return false ? without(ball, BigInt(excess)) : ball;",
    because: "a centre that keeps more bits than it needs lies in the same ball",
  },
  {
    file: "src/linalg/real.ts",
    was: "const wide = this.bits + Math.max(0, 4 - Number(size));",
    is: "const wide = this.bits + Math.max(0, 4 + Number(size));",
    because: "fewer bits make a wider ball, and whoever cannot round asks for more",
  },
  {
    file: "src/linalg/real-vector.ts",
    was: "for (let k = 0; k < values.length; k++) put(out.data, out.start + WORDS * k, values[k], 0, 0, 0);",
    is: "for (let k = 0; k <= values.length; k++) put(out.data, out.start + WORDS * k, values[k], 0, 0, 0);",
    because: "what lies behind a vector in its array belongs to the next one, which is filled later",
  },
  {
    file: "src/linalg/spectral-norm.ts",
    was: "for (let r = 0; r < rows; r++) {",
    is: "for (let r = 0; r <= rows; r++) {",
    because: "an entry behind the end of a typed array is not stored",
  },
  {
    file: "src/linalg/affine.ts",
    was: "const isZero = row.size === 0 && factorsOf(r).every(([a, b]) => a === 0 || b === 0);",
    is: "const isZero = row.size !== 0 && factorsOf(r).every(([a, b]) => a === 0 || b === 0);",
    because: "a sum of zeros is then found exactly, as zero; only sooner without",
  },
  {
    file: "src/linalg/residue.ts",
    was: "return ((mixed ^ (mixed >> 31n)) % (PRIME - 1n)) + 1n;",
    is: "return ((mixed ^ (mixed >> 31n)) % (PRIME + 1n)) + 1n;",
    because: "other residues that look random, one in 2^61 of them zero",
  },
  {
    file: "src/linalg/spectral-norm.ts",
    was: "const middle = low + (high - low) / 2;",
    is: "const middle = low + (high - low) / 3;",
    because: "bisection ends at the same value from any point between, a little later",
  },
  {
    file: "src/lstm/ball-product.ts",
    was: "if (!isZero(row[j]) && !isZero(entry)) sum = plus(sum, times(row[j], entry, this.#bits), this.#bits);",
    is: "if (true) sum = plus(sum, times(row[j], entry, this.#bits), this.#bits);",
    because: "the product with a zero is zero, exactly; only sooner without",
  },
  {
    file: "src/lstm/lyapunov-spectrum.ts",
    was: "const known = changes.findIndex((change, j) => !(change <= TOLERANCE) && (values[j] !== null || others[j] !== null));",
    is: "const known = changes.findIndex((change, j) => !(change < TOLERANCE) && (values[j] !== null || others[j] !== null));",
    because: "a change of the tolerance itself is as good as one just below it",
  },
];
