/** Time inside one process, after a warm-up. */
import { median } from "./statistics.ts";

/** One round of one program takes about this long. */
const ROUND_MICROSECONDS = 150_000;

/** How many runs of so long a time fill a round. */
export const repetitions = (microseconds: number) =>
  Math.max(1, Math.min(10_000, Math.round(ROUND_MICROSECONDS / microseconds)));

/** The median of as many runs as a round holds, in µs, after a warm-up of as many. */
export function timed(run: () => void, warmUps = 30): number {
  const once = (): number => {
    const start = performance.now();
    run();
    return (performance.now() - start) * 1000;
  };
  const warm = Array.from({ length: warmUps }, once);
  const count = repetitions(median(warm));
  for (let k = 0; k < count; k++) once();
  return median(Array.from({ length: count }, once));
}
