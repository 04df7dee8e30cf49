/**
 * Formulas as trees. A tree says what a formula is; how it looks in a terminal, in LaTeX or in MathML is up to
 * src/render, so that no formula is spelt twice.
 */

/** Between the parts of a sum or product. A · binds like ∘, tighter than + and −. */
export type Operator = "+" | "−" | "∘" | "·";

export type Relation = "=" | "≤" | "<";

/** What is written in front of its argument with a range below. */
export type Large = "Σ" | "Π" | "max" | "min" | "argmax";

export interface Link {
  readonly relation: Relation;
  readonly side: Formula;
}

export type Formula =
  /** one letter, or ∂, ∞, …: italic where letters are */
  | { readonly kind: "symbol"; readonly name: string }
  /** several upright letters: diag, tanh, sign */
  | { readonly kind: "word"; readonly text: string }
  /** a number of the formula itself */
  | { readonly kind: "number"; readonly text: string }
  /** a number of the cell, to be rounded by whoever shows it */
  | { readonly kind: "value"; readonly value: number }
  | { readonly kind: "scripts"; readonly base: Formula; readonly sub: Formula | null; readonly sup: Formula | null }
  | { readonly kind: "prime"; readonly base: Formula }
  /** ∂x, ∂²x above two of them, or dx for a gradient that is given */
  | { readonly kind: "differential"; readonly sign: "∂" | "∂²" | "d"; readonly of: Formula }
  | { readonly kind: "fraction"; readonly over: Formula; readonly under: Formula }
  /** side by side: a product without a sign, or a list with commas */
  | { readonly kind: "row"; readonly parts: readonly Formula[]; readonly comma: boolean }
  | { readonly kind: "infix"; readonly operator: Operator; readonly parts: readonly Formula[] }
  | { readonly kind: "negative"; readonly of: Formula }
  | { readonly kind: "fence"; readonly fence: "()" | "||" | "‖‖"; readonly of: Formula }
  | { readonly kind: "apply"; readonly fn: Formula; readonly argument: Formula }
  | {
      readonly kind: "large";
      readonly operator: Large;
      readonly under: Formula;
      readonly over: Formula | null;
      readonly of: Formula;
    }
  | { readonly kind: "matrix"; readonly rows: readonly (readonly Formula[])[] }
  /** first = side = side …, each on a line of its own, aligned at the relations */
  | { readonly kind: "chain"; readonly first: Formula; readonly links: readonly Link[] }
  /** a symbol that stands for a number of the cell, found under the path */
  | { readonly kind: "quantity"; readonly path: string; readonly symbol: Formula };
