import type { Readable, Writable } from "node:stream";

type Terminal = { isTTY?: boolean; columns?: number };

/** Everything of the process that a run may touch, so that a test can hand in its own. */
export interface Context {
  readonly stdin: Readable & Terminal;
  readonly stdout: Writable & Terminal;
  readonly stderr: Writable & Terminal;
  readonly env: Readonly<Record<string, string | undefined>>;
}
