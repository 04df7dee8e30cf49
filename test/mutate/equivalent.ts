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
];
