/**
 * Formulas as they are written in a line of text, read into trees:
 *
 *     a = b ≤ c     a + b − c     a b, a ∘ b, a · b     a/b, (a + b)/(c d)     h_{t-1}, U_f^(d), (∂h_t/∂c_t)^⊤
 *     σ'(z_f)     ∂c_t/∂h_{t-1}, ∂²L, dh_t     ‖a‖_2, |z|     Σ_g U_g h, argmax_{‖h‖_p = 1} f(h)     [a, b; c, d]
 *
 * Parentheses right behind a letter hold its argument, behind a space they are a factor; those around a side of a slash
 * are not part of the tree. Nor are braces, which hold together what would be read apart: `{a + b} − c`, `Σ_k {a · b}`,
 * `{4 x}/y`.
 */
import * as tree from "./formula.ts";
import type { Formula, Large, Relation } from "./formula-tree.ts";

/** The formula that a text says, with parts that are formulas already, or letters: math`${z} = σ(x)` */
export function math(texts: readonly string[], ...parts: tree.Part[]): Formula {
  const tokens = texts.flatMap((text, k): Token[] => {
    const own = Array.from(text.matchAll(TOKEN), ([, space, word]) => {
      return { word, part: /\d/.test(word) ? Number(word) : word, isSpaced: space !== "" };
    });
    return k < parts.length ? [...own, { word: "", part: parts[k], isSpaced: text.endsWith(" ") }] : own;
  });
  return new Reader(tokens).whole();
}

/** Letters, a number or a sign as it stands ("" for a part that is given), and what it is as a part of a formula. */
interface Token {
  readonly word: string;
  readonly part: tree.Part;
  readonly isSpaced: boolean;
}

const TOKEN = /(\s*)([A-Za-z]+|\d+|\S)/gu;
const RELATIONS = ["=", "≤", "<"] as const satisfies readonly Relation[];
const MINUS = ["−", "-"] as const;
const LARGE = ["Σ", "Π", "max", "min", "argmax"] as const satisfies readonly Large[];
/** What ends a product, beside the ‖ or | around it. */
const LOOSER = new Set<string | undefined>([...RELATIONS, ...MINUS, ..."+∘·,;)}]", undefined]);

/** Each method reads what binds more tightly than what the one before it reads. */
class Reader {
  readonly #tokens: readonly Token[];
  #at = 0;
  /** What ends the fence that is open: where it does not, ‖ and | open another. */
  #closing: string | undefined;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  whole(): Formula {
    const formula = this.#list();
    if (this.#at < this.#tokens.length) throw new Error(`a formula goes on behind its end, token ${this.#at}`);
    return formula;
  }

  #list = () => this.#joined(tree.list, ",", this.#chain);

  #chain = (): Formula => {
    const first = this.#sum();
    const links: [Relation, Formula][] = [];
    for (let sign = this.#take(RELATIONS); sign; sign = this.#take(RELATIONS)) links.push([sign, this.#sum()]);
    return links.length === 0 ? first : tree.chain(first, ...links);
  };

  #sum = () => this.#joined(tree.sum, "+", this.#difference);

  #difference = (): Formula => {
    const first = this.#take(MINUS) ? tree.negative(this.#hadamard()) : this.#hadamard();
    return this.#take(MINUS) ? tree.minus(first, this.#hadamard()) : first;
  };

  #hadamard = () => this.#joined(tree.hadamard, "∘", this.#dot);
  #dot = () => this.#joined(tree.dot, "·", this.#product);

  /** @param ends what ends it besides: Σ and the like go as far as the next of their kind */
  #product = (ends: readonly string[] = []): Formula => {
    const factors = [this.#fraction()];
    const isEnd = (word = this.#next?.word) => LOOSER.has(word) || word === this.#closing || ends.includes(word ?? "");
    while (!isEnd()) factors.push(this.#fraction());
    return factors.length === 1 ? factors[0] : tree.product(...factors);
  };

  #fraction(): Formula {
    const over = this.#prefixed();
    return this.#take(["/"]) ? tree.fraction(withoutParentheses(over), withoutParentheses(this.#prefixed())) : over;
  }

  #prefixed(): Formula {
    const operator = this.#take(LARGE);
    if (operator && this.#take(["_"])) return tree.large(operator, this.#atom(), this.#product(LARGE));
    if (this.#take(["∂"])) return tree.differential(this.#take(["²"]) ? "∂²" : "∂", this.#prefixed());
    const given = this.#take(["dh", "dc"]);
    return given ? tree.differential("d", this.#scripted(tree.toFormula(given[1]))) : this.#scripted(this.#atom());
  }

  /** Primes, an index, an exponent, and the argument of what is a function. */
  #scripted(base: Formula): Formula {
    let formula = base;
    while (this.#take(["'"])) formula = tree.prime(formula);
    for (let script = this.#take(["_", "^"]); script; script = this.#take(["_", "^"])) {
      formula = (script === "_" ? tree.sub : tree.sup)(formula, this.#atom());
    }
    const isFunction = base.kind !== "fence" && this.#next?.isSpaced === false && this.#take(["("]);
    return isFunction ? tree.apply(formula, this.#until(")", this.#list)) : formula;
  }

  #atom(): Formula {
    const fence = this.#take(["(", "{", "|", "‖", "["]);
    if (fence === "(") return tree.parentheses(this.#until(")", this.#list));
    if (fence === "{") return this.#until("}", this.#list);
    if (fence === "|") return tree.absolute(this.#until("|", this.#list));
    if (fence === "‖") return { kind: "fence", fence: "‖‖", of: this.#until("‖", this.#list) };
    if (fence === "[") {
      return tree.matrix(this.#until("]", () => this.#separated(";", () => this.#separated(",", this.#chain))));
    }
    const token = this.#next;
    if (token === undefined) throw new Error("a formula ends too early");
    this.#at += 1;
    return tree.toFormula(token.part);
  }

  #until<T>(closing: string, read: () => T): T {
    const around = this.#closing;
    this.#closing = closing;
    const inner = read();
    if (!this.#take([closing])) throw new Error(`a formula lacks a ${closing}`);
    this.#closing = around;
    return inner;
  }

  #joined(join: (...parts: Formula[]) => Formula, separator: string, part: () => Formula): Formula {
    const parts = this.#separated(separator, part);
    return parts.length === 1 ? parts[0] : join(...parts);
  }

  #separated<T>(separator: string, part: () => T): T[] {
    const parts = [part()];
    while (this.#take([separator])) parts.push(part());
    return parts;
  }

  get #next(): Token | undefined {
    return this.#tokens[this.#at];
  }

  /** The next word, if it is one of these. */
  #take<W extends string>(words: readonly W[]): W | undefined {
    const word = this.#next?.word as W;
    if (!words.includes(word)) return undefined;
    this.#at += 1;
    return word;
  }
}

/** A slash needs none around its sides. */
function withoutParentheses(formula: Formula): Formula {
  return formula.kind === "fence" && formula.fence === "()" ? formula.of : formula;
}
