import { parseAst } from "rolldown/parseAst";

/** One small change to a source file. */
export interface Mutant {
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** From 1, in the source. */
  readonly line: number;
  /** The line of the source that the change begins in, and what it becomes, without indentation. */
  readonly was: string;
  readonly is: string;
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

/** What operators and methods are exchanged for. */
const EXCHANGES: ReadonlyMap<string, readonly string[]> = new Map(
  `+ -, - +, * /, / *, % *, ** *, < <= >=, <= < >, > >= <=, >= > <, === !==, !== ===, && ||, || &&, ?? &&, += -=, -= +=,
  *= /=, /= *=, &&= ||=, ||= &&=, ??= &&=, ++ --, -- ++, some every, every some, min max, max min, floor ceil, ceil floor`
    .split(/,\s+/)
    .map((row) => row.split(" "))
    .map(([from, ...to]) => [from, to]),
);

/**
 * Every mutant of a source text, in the order of the tree. Types and imports have none; nor has what a `for` counts by,
 * because a loop that never ends is noticed by every test and tells nothing of them.
 */
export function mutantsOf(file: string, source: string): Mutant[] {
  const mutants: Mutant[] = [];
  const visit = (node: Node): void => {
    for (const [{ start, end }, text] of changesOf(node, source)) {
      const from = source.lastIndexOf("\n", start - 1) + 1;
      const was = source.slice(from, source.indexOf("\n", start)).trim();
      const is = `${source.slice(from, start)}${text}${source.slice(end, source.indexOf("\n", end))}`.trim();
      mutants.push({ file, start, end, text, line: source.slice(0, start).split("\n").length, was, is });
    }
    for (const [key, value] of Object.entries(node)) {
      if (node.type === "ForStatement" && key === "update") continue;
      for (const inner of [value].flat()) if (isCode(inner)) visit(inner);
    }
  };
  visit(parseAst(source, { lang: "ts" }, file) as unknown as Node);
  return mutants;
}

export function apply({ start, end, text }: Mutant, source: string): string {
  return source.slice(0, start) + text + source.slice(end);
}

/** A part of the tree that runs: no type, unless it is an expression that is told its type. */
function isCode(value: unknown): value is Node {
  if (typeof value !== "object" || value === null || !("type" in value)) return false;
  return !/^(TS(?!As|NonNull|Satisfies)|Import)/.test(String(value.type));
}

/** What takes the place of a node, or of a part of it. */
function changesOf(node: Node, source: string): (readonly [{ start: number; end: number }, string])[] {
  const textOf = ({ start, end }: Node) => source.slice(start, end);
  const { type, operator, argument, test, body, left, right, property } = node as Node & Record<string, Node>;
  const exchanged = (text: string) => EXCHANGES.get(text) ?? [];
  if (["BinaryExpression", "LogicalExpression", "AssignmentExpression"].includes(type)) {
    const place = operatorPlace(source, left.end, right.start, String(operator));
    return exchanged(String(operator)).map((other) => [place, other]);
  }
  if (type === "UpdateExpression") {
    return exchanged(String(operator)).map((other) => [node, textOf(node).replace(String(operator), other)]);
  }
  if (type === "UnaryExpression") return /[-!]/.test(String(operator)) ? [[node, `(${textOf(argument)})`]] : [];
  if (type === "ConditionalExpression" || type === "IfStatement")
    return ["true", "false"].map((value) => [test, value]);
  if (type === "ForStatement" || type === "WhileStatement") return test ? [[test, "false"]] : [];
  if (type === "ForOfStatement") return [[body, "{}"]];
  if (type === "ExpressionStatement") return [[node, ";"]];
  if (type === "MemberExpression") return exchanged(textOf(property)).map((other) => [property, other]);
  if (type !== "Literal") return [];
  if (typeof node.value === "boolean") return [[node, String(!node.value)]];
  return typeof node.value === "number" ? [[node, String(node.value + 1)]] : [];
}

/** Where an operator stands between its operands, past brackets and comments. */
function operatorPlace(source: string, from: number, to: number, operator: string): { start: number; end: number } {
  const between = source.slice(from, to).replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, (comment) => " ".repeat(comment.length));
  const start = from + between.indexOf(operator);
  return { start, end: start + operator.length };
}
