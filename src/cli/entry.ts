import process from "node:process";
import type { Context } from "./context.ts";
import { main } from "./main.ts";

/** The program, for all that its first file does not answer. */
export async function run(context: Context): Promise<void> {
  // not exit(): what is still on its way to a slow pipe must arrive
  process.exitCode = await main(process.argv.slice(2), context);
}

/** One of the jobs of a run, in a thread of its own. */
export async function runJob(): Promise<void> {
  (await import("./jobs/worker.ts")).work();
}
