/** A job in a thread of its own. */
import { parentPort, workerData } from "node:worker_threads";
import { runCommand } from "../run-command.ts";
import { startJob } from "./job.ts";
import { type Packed, unpacked } from "./packed.ts";
import type { Said, Start } from "./part.ts";

/** Goes through the blocks that the thread is sent, and answers each. */
export function work(): void {
  const { argv, env } = workerData as Start;
  const give = startJob(
    env,
    (context) => runCommand(argv, context),
    (said: Said) => {
      parentPort?.postMessage(said);
      if (said !== "ready" && !("text" in said)) parentPort?.close();
    },
  );
  parentPort?.on("message", (block: Packed | null) => give(block && unpacked(block)));
}
