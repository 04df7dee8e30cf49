/** Jobs at work: blocks are dealt out as jobs have room for them, and what comes of them is given in order. */
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { DlstmError } from "../../errors.ts";
import type { Context, Run } from "../context.ts";
import { startJob } from "./job.ts";
import { packed } from "./packed.ts";
import type { Block, Done, Ended, Said, Start } from "./part.ts";

/** So many blocks a thread may have before it, so that it need not wait. */
const AHEAD = 3;

/** So many for each job may be under way, those among them that wait for one before, so that memory stays bounded. */
const UNDER_WAY = 8;

/** Milliseconds in which so few lines are done that more may be dealt out at once: those of a check are not, of a forward pass they are. */
const SHORT = 5;

type Waiting<T> = { readonly resolve: (value: T) => void; readonly reject: (reason: unknown) => void };

/** How a job is talked to. */
interface Talk {
  readonly give: (block: Block | null) => void;
  readonly stop: () => void;
}

/** Starts a job, which is heard, or fails as a whole. */
type Begin = (hear: (said: Said) => void, fail: (reason: unknown) => void) => Talk;

/** One of them. */
class Job {
  readonly #waiting: Waiting<Done>[] = [];
  readonly #end: Promise<number>;
  readonly #talk: Talk;
  #isReady = false;
  #isUsed = false;

  constructor(begin: Begin) {
    let end: Waiting<number>;
    this.#end = new Promise((resolve, reject) => {
      end = { resolve, reject };
    });
    // who waits for a block is told, and who waits for the end
    this.#end.catch(() => undefined);
    const fail = (reason: unknown) => {
      for (const one of this.#waiting.splice(0)) one.reject(reason);
      end.reject(reason);
    };
    const hear = (said: Said) => {
      if (said === "ready") this.#isReady = true;
      else if ("text" in said) this.#waiting.shift()?.resolve(said);
      else if ("code" in said) end.resolve(said.code);
      else fail(errorOf(said));
    };
    this.#talk = begin(hear, fail);
  }

  get hasRoom(): boolean {
    return this.#isReady && this.#waiting.length < AHEAD;
  }

  run(block: Block): Promise<Done> {
    this.#isUsed = true;
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#talk.give(block);
    });
  }

  /** Its exit code, once it has no more to do; one that was given nothing is not waited for. */
  async end(): Promise<number> {
    if (!this.#isUsed) return 0;
    this.#talk.give(null);
    return this.#end;
  }

  stop(): void {
    this.#talk.stop();
  }
}

function inThread(start: Start): Begin {
  return (hear, fail) => {
    // the program's file does nothing of its own accord, in a thread neither
    const program = `require(${JSON.stringify(join(__dirname, "entry.cjs"))}).runJob();`;
    const worker = new Worker(program, { eval: true, workerData: start });
    worker.on("error", fail).on("exit", () => fail(new Error("a job ended early")));
    worker.on("message", hear);
    const give = (block: Block | null) => {
      const message = block && packed(block);
      worker.postMessage(message, message ? [message.bytes.buffer] : []);
    };
    return { give, stop: () => void worker.terminate() };
  };
}

function errorOf(ended: Exclude<Ended, { readonly code: number }>): Error {
  if ("problems" in ended) return new DlstmError(ended.problems, ended.count);
  return Object.assign(new Error(ended.message), { stack: ended.stack });
}

/** The blocks in parts of at most so many lines. */
async function* inParts(blocks: AsyncIterable<Block>, most: () => number): AsyncGenerator<Block> {
  for await (const { before, lines } of blocks) {
    let dealt = 0;
    do {
      const part = lines.slice(dealt, dealt + most());
      yield { before: before + dealt, lines: part };
      dealt += part.length;
    } while (dealt < lines.length);
  }
}

/**
 * What comes of the blocks, in their order, each as soon as it is there. A thread takes a while to start, and then has some blocks
 * before it; all others are gone through here.
 * @param count of jobs, of which all but one are threads
 * @param endWith is told the exit codes of the jobs
 */
export async function* byJobs(
  blocks: AsyncIterable<Block>,
  count: number,
  { argv, context, again }: Run,
  endWith: (code: number) => void,
): AsyncGenerator<Done> {
  const env: Context["env"] = { ...context.env };
  const threads = Array.from({ length: count - 1 }, () => new Job(inThread({ argv, env })));
  const here = new Job((hear) => ({ give: startJob(env, again, hear), stop: () => undefined }));
  const jobs = [...threads, here];
  const underWay: Promise<Done>[] = [];
  let isRead = false;
  let changed: () => void = () => undefined;
  const change = () =>
    new Promise<void>((resolve) => {
      changed = resolve;
    });
  /** So many lines are dealt out at once. */
  let together = 1;
  const deal = async () => {
    for await (const block of inParts(blocks, () => together)) {
      const job = threads.find(({ hasRoom }) => hasRoom) ?? here;
      const start = performance.now();
      const done = job.run(block);
      // heard where it is waited for, which may be later
      done.catch(() => undefined);
      underWay.push(done);
      changed();
      if (job === here) {
        await done.catch(() => undefined);
        if (performance.now() - start < SHORT && block.lines.length >= together) together *= 2;
        // threads are heard between two turns of the loop
        await new Promise(setImmediate);
      }
      while (underWay.length >= UNDER_WAY * count) await change();
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
