import { type DlstmError, nullIfRefused, type Problem } from "../errors.ts";
import { type Quantity, quantities } from "../lstm/quantities.ts";
import { compare } from "./compare.ts";
import { haveSameShape } from "./entries.ts";
import {
  countedZeros,
  findingOf,
  isAllZero,
  isConstant,
  isExplained,
  misshapenFinding,
  NOTHING,
  suspectOf,
  UNNAMED,
} from "./finding.ts";
import { type Followed, FollowThrough, unlessVanished } from "./follow-through.ts";
import { fractionOf, ZERO } from "./fraction.ts";
import { namedTogether, type Suspect } from "./hand-in.ts";
import { type Held, isMisshapen, isWhole, readHeld } from "./held-entries.ts";
import { type HeldQuantities, notesOnNames, readAnswer } from "./held-quantities.ts";
import type { Key } from "./key.ts";
import { type MarkingEntry, MarkingKey } from "./marking-key.ts";
import { type Assignment, assignmentOf, DEFAULT_OPTIONS, type GradeOptions } from "./options.ts";
import type { Raw } from "./raw.ts";
import { type Finding, type Scored, scored, totals } from "./report.ts";
import type { GradeResult } from "./result.ts";
import { asShown } from "./shown-digits.ts";
import { judged } from "./tolerance.ts";

/** A quantity before the whole hand-in has been looked at. */
interface Graded {
  readonly finding: Finding;
  /** Where it is wrong. */
  readonly suspect: Suspect | null;
}

/**
 * Grades any number of answers by one key. What the key says is computed once, and nothing of one answer is there when the
 * next comes. An answer costs time in proportion to its own size plus that of the key's quantities that it is judged by,
 * times the number of wrong formulas at most: nothing in it can make it cost more.
 */
export class Grader {
  readonly #key: Key;
  readonly #options: GradeOptions;
  readonly #assignment: Assignment;
  readonly #markingKey: MarkingKey;

  /** @throws {DlstmError} as {@link assignmentOf}: the call is at fault, not a student. */
  constructor(key: Key, options: Partial<GradeOptions> = {}) {
    this.#key = key;
    this.#options = { ...DEFAULT_OPTIONS, ...options };
    this.#assignment = assignmentOf(key, this.#options);
    this.#markingKey = new MarkingKey(key, this.#options.tolerance);
  }

  /**
   * The verdict on one answer, whatever it is.
   * @param json what {@link parseAnswerJson} made of it
   */
  grade(json: unknown): GradeResult {
    const answer = readAnswer(json);
    const { required, followed } = this.#assignment;
    const graded = this.#told(required ?? quantities().filter(({ path }) => answer.held.has(path)));
    const follow = followed && new FollowThrough(followed);
    const tests = this.#named(graded.map((one) => this.#test(one, answer.held.get(one.quantity.path), follow)));
    if (tests.length === 0) tests.push(this.#ungraded("nothing in it can be graded"));
    const gradable = graded.some(({ quantity }) => answer.held.has(quantity.path));
    const notes = this.#notes(answer);
    const isNothing = required === null && graded.length > 0 && graded.every(isAllZero);
    if (isNothing) notes.push("all of it is zero by the equations, which nobody has to work out");
    const result = this.#result(tests, gradable, notes, null);
    return isNothing ? { ...result, passed: false } : result;
  }

  /** What is wrong with the key, as far as the answers so far have asked: overflow, naming the entry. */
  get keyFault(): DlstmError | null {
    return this.#markingKey.keyFault;
  }

  /** The zero of an answer that could not be read. */
  unreadable(error: DlstmError): GradeResult {
    const message = "the answer could not be read";
    const tests = this.#named(this.#told(this.#assignment.required ?? []).map((one) => this.#missing(one, message)));
    if (tests.length === 0) tests.push(this.#ungraded(message));
    return this.#result(tests, false, [], error.problems[0]);
  }

  /** Those of the quantities that the key tells. */
  #told(quantities: readonly Quantity[]): MarkingEntry[] {
    return quantities.flatMap((quantity) => this.#markingKey.of(quantity) ?? []);
  }

  #result(tests: readonly Scored[], gradable: boolean, notes: readonly string[], error: Problem | null): GradeResult {
    const wrong = tests.find(({ test }) => test.status === "failed");
    return {
      version: 1,
      hidden_size: this.#key.hidden_size,
      input_size: this.#key.input_size,
      ...totals(tests),
      passed: wrong === undefined,
      graded: this.#assignment.required === null ? "held" : "required",
      gradable,
      first_wrong: wrong?.test.name ?? null,
      notes,
      error,
      tests: tests.map(({ test }) => test),
    };
  }

  /** The verdicts, with what the whole hand-in tells of the mistakes. */
  #named(graded: readonly Graded[]): Scored[] {
    const named = namedTogether(graded.flatMap(({ suspect }) => suspect ?? []));
    return graded.map(({ finding }) => scored({ ...finding, ...named.get(finding.name) }, this.#options));
  }

  #test(marking: MarkingEntry, raw: Raw | undefined, follow: FollowThrough | null): Graded {
    if (raw === undefined) return this.#missing(marking, "not in the answer");
    const { quantity } = marking;
    const whole = this.#assignment.required !== null;
    // nothing was asked, and nothing is done
    const isNothing = !whole && isAllZero(marking);
    const base = { ...this.#base(quantity), ...UNNAMED, ...(isNothing ? { points: ZERO } : {}) };
    const held = readHeld(raw, marking.right.entries);
    if (isMisshapen(held)) return { finding: { ...base, ...misshapenFinding(held, marking) }, suspect: null };
    const seen = asShown(marking.right, held);
    const direct = compare(seen.right, held, whole, marking.attains, countedZeros(marking));
    const isRight = direct.right === direct.entries;
    const followed = isRight ? null : nullIfRefused(() => follow?.of(quantity) ?? null);
    const own = followed && this.#compareFollowed(followed, marking, held, whole);
    const isFollowed = own !== null && own.comparison.right > direct.right;
    const isWrong = direct.entries - direct.right > direct.missing;
    const suspect = isWrong && !isFollowed ? suspectOf(marking, held) : null;
    const isHonest = isRight || isFollowed || isExplained(suspect) || 2 * direct.right >= direct.entries;
    if (isWhole(held) && isHonest && !isConstant(held.data)) follow?.add(quantity, held.data, isRight);
    if (isFollowed) {
      return { finding: { ...base, ...findingOf(own.seen, held, own.comparison, own.from) }, suspect };
    }
    return { finding: { ...base, ...findingOf(seen, held, direct, []) }, suspect };
  }

  #compareFollowed({ entries, from }: Followed, marking: MarkingEntry, held: Held, whole: boolean) {
    const { right } = marking;
    if (!haveSameShape(entries, right.entries)) return null;
    // the scale is the key's: a huge entry among the student's own must not make room for others
    const own = unlessVanished(judged(entries, right.tolerance, right.entries), right);
    const seen = asShown(own, held, right.entries);
    return { seen, comparison: compare(seen.right, held, whole, null, countedZeros(marking)), from };
  }

  #missing({ quantity, right }: MarkingEntry, message: string): Graded {
    const entries = right.entries.data.length;
    return { finding: { ...this.#base(quantity), ...NOTHING, entries, message }, suspect: null };
  }

  #ungraded(message: string): Scored {
    return scored({ name: "answer", points: fractionOf(1), ...NOTHING, entries: 1, message }, this.#options);
  }

  #base(quantity: Quantity) {
    return { name: quantity.path, points: this.#assignment.pointsOf(quantity) };
  }

  #notes(answer: HeldQuantities): string[] {
    const notes = notesOnNames(answer);
    const untold = quantities().filter((q) => answer.held.has(q.path) && this.#markingKey.of(q) === null);
    if (untold.length > 0) notes.push(`the key does not tell ${untold.map(({ path }) => path).join(", ")}`);
    return notes;
  }
}

/**
 * The verdict on one answer by one key. For several, a {@link Grader} computes the key once.
 * @param json what {@link parseAnswerJson} made of a text, or any value: whatever it is, there is a verdict
 * @throws {DlstmError} as {@link assignmentOf}, for options that the key cannot fulfil; nothing in an answer throws.
 */
export function gradeAnswer(key: Key, json: unknown, options: Partial<GradeOptions> = {}): GradeResult {
  return new Grader(key, options).grade(json);
}
