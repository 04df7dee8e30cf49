/** Jobs at work: blocks are dealt out in turn, and what comes of them is given in order. */
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { DlstmError } from "../../errors.ts";
import type { Block, Done, Ended, Start } from "./part.ts";

/** So many blocks a job may have before it, so that it need not wait and memory stays bounded. */
const AHEAD = 3;

type Waiting<T> = { readonly resolve: (value: T) => void; readonly reject: (reason: unknown) => void };

/** One thread. */
class Job {
  readonly #worker: Worker;
  readonly #waiting: Waiting<Done>[] = [];
  readonly #end: Promise<number>;

  constructor(start: Start) {
    // the program's file does nothing of its own accord, in a thread neither
    const program = `require(${JSON.stringify(join(__dirname, "entry.cjs"))}).runJob();`;
    this.#worker = new Worker(program, { eval: true, workerData: start });
    this.#end = new Promise((resolve, reject) => {
      const fail = (reason: unknown) => {
        for (const one of this.#waiting.splice(0)) one.reject(reason);
        reject(reason);
      };
      this.#worker.on("error", fail).on("exit", () => fail(new Error("a job ended early")));
      this.#worker.on("message", (message: Done | Ended) => {
        if ("text" in message) this.#waiting.shift()?.resolve(message);
        else if ("code" in message) resolve(message.code);
        else fail(errorOf(message));
      });
    });
    // who waits for a block is told, and who waits for the end
    this.#end.catch(() => undefined);
  }

  run(block: Block): Promise<Done> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#worker.postMessage(block, [block.bytes.buffer as ArrayBuffer]);
    });
  }

  /** Its exit code, once it has no more to do. */
  end(): Promise<number> {
    this.#worker.postMessage(null);
    return this.#end;
  }

  stop(): void {
    void this.#worker.terminate();
  }
}

function errorOf(ended: Exclude<Ended, { readonly code: number }>): Error {
  if ("problems" in ended) return new DlstmError(ended.problems, ended.count);
  return Object.assign(new Error(ended.message), { stack: ended.stack });
}

/**
 * What comes of the blocks, in their order, each as soon as it is there.
 * @param count of threads
 * @param endWith is told the exit codes of the threads
 */
export async function* byJobs(
  blocks: AsyncIterable<Block>,
  count: number,
  start: Start,
  endWith: (code: number) => void,
): AsyncGenerator<Done> {
  const jobs = Array.from({ length: count }, () => new Job(start));
  const underWay: Promise<Done>[] = [];
  let isRead = false;
  let changed: () => void = () => undefined;
  const change = () =>
    new Promise<void>((resolve) => {
      changed = resolve;
    });
  const deal = async () => {
    let dealt = 0;
    for await (const block of blocks) {
      const done = jobs[dealt % count].run(block);
      // heard where it is waited for, which may be later
      done.catch(() => undefined);
      underWay.push(done);
      dealt += 1;
      changed();
      while (underWay.length >= AHEAD * count) await change();
    }
  };
  const reading = deal().finally(() => {
    isRead = true;
    changed();
  });
  reading.catch(() => undefined);
  try {
    while (!isRead || underWay.length > 0) {
      if (underWay.length === 0) await change();
      else {
        yield await underWay[0];
        underWay.shift();
        changed();
      }
    }
    await reading;
    for (const code of await Promise.all(jobs.map((job) => job.end()))) endWith(code);
  } finally {
    for (const job of jobs) job.stop();
  }
}
