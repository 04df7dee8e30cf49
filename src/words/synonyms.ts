/** What others call the keys of the cell and of its results, and a few words that flags take. */

import { GATES, type Gate } from "../lstm/names.ts";
import { once } from "../once.ts";

/** Letters, and words behind them. The candidate u is g in PyTorch and CS231n, c in Keras and most courses, j in TensorFlow. */
const GATE_NAMES: Readonly<Record<Gate, readonly [letter: string, word: string]>> = {
  f: ["f", "forget(_?gate)?"],
  i: ["i", "in|input(_?gate)?"],
  o: ["o", "out|output(_?gate)?"],
  u: ["[ugcj]", "cand|candidate|cell(_?gate)?|c_?(tilde|hat|bar)"],
};

/**
 * By key, the names that others have for it, whatever their capitals. The weights of a gate g are W_g and U_g, or W_xg and
 * W_hg (Dive into Deep Learning), W_ig and W_hg (PyTorch's equations), W_g and R_g (ONNX, MATLAB), W_g and V_g.
 */
const names = once((): readonly (readonly [key: string, names: RegExp])[] => [
  ...GATES.flatMap((g) => {
    const [letter, word] = GATE_NAMES[g];
    // as weights, z is the block input of Greff et al. (2017), which is the candidate; alone it is a pre-activation
    const gate = `(_?${letter}${g === "u" ? "|_?z" : ""}|_(${word}))`;
    return [
      row(`U_${g}`, `([URV]|[WU]_?h|recurrent)${gate}`),
      row(`W_${g}`, `(W|W_?[xi]|weight)${gate}`),
      row(`b_${g}`, `(b|b_?[xih]|bias)${gate}`),
    ];
  }),
  row("x", "xs|seq|sequence|inputs"),
  row("x_t", "x|xt|x_?[01]|input"),
  row("h_prev", "hx?|h_?0|h_?(t|tm)_?1|h_?(init|old|last)|(init|initial|prev|last)_?h|a_?prev|a_?0|hidden(_?state)?"),
  row("c_prev", "cx?|c_?0|c_?(t|tm)_?1|c_?(init|old|last)|(init|initial|prev|last)_?c|cell(_?state)?|memory"),
  row("dh_t", "d[ah](_?(next|t))?|grad_?h(_?t)?"),
  row("dc_t", "dc(_?(next|t))?|grad_?c(_?t)?"),
  row("h_t", "ht?|a_?next|h_?next|next_?h"),
  row("c_t", "ct?|c_?next|next_?c|cell_?state"),
  row("tanh_c_t", "tanh_?c(_?t)?"),
  // c among outputs that have a c_t is that one
  ...GATES.map((g) => row(g, `(${GATE_NAMES[g].join("|")})(_?t)?`)),
  row("1", "l_?1"),
  row("2", "l_?2|euclidean"),
  row("inf", "infinity|max|l_?inf|∞"),
  row("markdown", "md"),
  row("latex", "tex"),
  row("pytorch", "torch"),
]);

function row(key: string, names: string): readonly [key: string, names: RegExp] {
  return [key, new RegExp(`^(${names})$`, "i")];
}

/** The letters of equations: f_t is f, and g, as PyTorch and CS231n write it, the candidate. */
const LETTERS = /^([fiou]|g)(_t)?$/;

/** The known gate that a word writes as equations do, f_t or g: what it means is beyond doubt. null for any other word. */
export function gateWritten(word: string, known: readonly string[]): string | null {
  const [, letter] = LETTERS.exec(word) ?? [];
  const gate = letter === "g" ? "u" : letter;
  return gate !== undefined && known.includes(gate) ? gate : null;
}

/** The known word that another means in the field: g the candidate, V_f the recurrent weights; null where it means none. */
export function synonym(word: string, known: readonly string[]): string | null {
  return meaningsOf(word, known)[0] ?? null;
}

/** All known words that another may mean. */
export function meaningsOf(word: string, known: readonly string[]): readonly string[] {
  // W_{f}, W-f, h_{t-1}
  const plain = word.replaceAll(/[{}]/g, "").replaceAll(/[-.\s]+/g, "_");
  const capitals = known.find((key) => key.toLowerCase() === plain.toLowerCase());
  if (capitals !== undefined) return [capitals];
  return names()
    .filter(([key, others]) => known.includes(key) && others.test(plain))
    .map(([key]) => key);
}
