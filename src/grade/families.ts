/** Names for several quantities: what their paths begin with. */
import { type Quantity, quantities } from "../lstm/quantities.ts";
import { once } from "../once.ts";

/** Of an optimum norm 2 and the maximum go without saying, as in an answer. */
const UNSAID = "optimum.2.max";

/** Of a path its quantity, of the beginning of paths all that go on from there; [] of any other text. */
export function quantitiesNamed(name: string): readonly Quantity[] {
  const exact = quantities().filter(({ path }) => path === name);
  const start = name === "optimum" ? UNSAID : name;
  return exact.length > 0 ? exact : quantities().filter(({ path }) => path.startsWith(`${start}.`));
}

/** What paths begin with, in their order: `gates`, `jacobian`, `jacobian.f`, `optimum.2.max.f`. */
export const familiesOfPaths = once(() => {
  const starts = quantities().flatMap(({ path }) => {
    const keys = path.split(".");
    return keys.slice(1).map((_, k) => keys.slice(0, k + 1).join("."));
  });
  return [...new Set(starts)];
});
