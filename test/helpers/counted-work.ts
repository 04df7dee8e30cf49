/** What a computation costs, counted and not timed: the same on a fast, a slow and a busy machine. */
import { Session } from "node:inspector";

type Coverage = { result: { url: string; functions: { ranges: { count: number }[] }[] }[] };
type Node = { selfSize: number; children: readonly Node[] };

const session = new Session();
session.connect();
// from the start on: what is compiled before it has no counters in it
post("Profiler.enable");
post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });

/** How often blocks of src (functions, branches, bodies of loops) are run. What built-in functions do is not counted. */
export function blocksRun(run: () => void): number {
  post("Profiler.takePreciseCoverage");
  run();
  const { result } = post("Profiler.takePreciseCoverage") as Coverage;
  const ours = result.filter(({ url }) => /\/src\/[^?]*\.ts/.test(url));
  return ours
    .flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges))
    .reduce((sum, { count }) => sum + count, 0);
}

/** The bytes of heap that are allocated, also those that are collected meanwhile; by samples, to a few percent of megabytes. */
export function bytesAllocated(run: () => void): number {
  const collected = { includeObjectsCollectedByMajorGC: true, includeObjectsCollectedByMinorGC: true };
  post("HeapProfiler.startSampling", { samplingInterval: 2 ** 14, ...collected });
  run();
  const { profile } = post("HeapProfiler.stopSampling") as { profile: { head: Node } };
  const total = ({ selfSize, children }: Node): number => children.reduce((sum, node) => sum + total(node), selfSize);
  return total(profile.head);
}

/** Within one thread the inspector answers before `post` returns. */
function post(method: string, params: object = {}): unknown {
  let answer: unknown;
  session.post(method, params, (error, result) => {
    if (error) throw error;
    answer = result;
  });
  return answer;
}
