import { failure } from "../errors.ts";
import { excerpt } from "./excerpt.ts";

/** Objects without a prototype, so that `__proto__` is a key like any other. */
interface Tree {
  [key: string]: unknown;
}

/**
 * Values by path as JSON nests them: that of `gates.f` stands under f under gates.
 * @throws {DlstmError} duplicate-key, for a path that stands twice, or goes on below a value.
 */
export function nestedAnswer(values: Iterable<readonly [path: string, value: unknown]>): object {
  const root: Tree = Object.create(null);
  const trees = new Set<unknown>([root]);
  for (const [path, value] of values) {
    const keys = path.split(".");
    const last = keys.pop()!;
    let place = root;
    for (const key of keys) {
      if (!(key in place)) {
        place[key] = Object.create(null);
        trees.add(place[key]);
      }
      if (!trees.has(place[key])) throw twice(path);
      place = place[key] as Tree;
    }
    if (last in place) throw twice(path);
    place[last] = value;
  }
  return root;
}

function twice(path: string) {
  return failure("duplicate-key", "numbers stand there twice, expected once", { place: excerpt(path) });
}
