/** A job: the program in a thread of its own, on the blocks of lines that it is sent. */
import { Readable } from "node:stream";
import { parentPort, workerData } from "node:worker_threads";
import { DlstmError } from "../../errors.ts";
import type { Context, Output } from "../context.ts";
import { runCommand } from "../run-command.ts";
import type { Block, Done, Ended, Part, Start, Told } from "./part.ts";

/** Output that is collected, and taken when a block is done. */
class Collected implements Output {
  #text = "";

  write(chunk: string | Uint8Array, done: () => void = () => undefined): void {
    this.#text += typeof chunk === "string" ? chunk : Buffer.from(chunk).toString();
    done();
  }

  on(): void {
    // nothing goes wrong
  }

  take(): string {
    const text = this.#text;
    this.#text = "";
    return text;
  }
}

/** What came of the blocks so far, and the blocks that wait. */
class Work {
  readonly stdout = new Collected();
  readonly stderr = new Collected();
  readonly waiting: (Block | null)[] = [];
  told: Told[] = [];
  answers: unknown[] = [];
  wake: () => void = () => undefined;

  /** The blocks as they come, until null does. Whoever asks for one has written what came of the one before. */
  async *blocks(send: (done: Done) => void): AsyncGenerator<Block> {
    // what there is to say of the flags and their files, the run itself has said
    this.stderr.take();
    for (;;) {
      while (this.waiting.length === 0) {
        await new Promise<void>((resolve) => {
          this.wake = resolve;
        });
      }
      const block = this.waiting.shift() ?? null;
      if (block === null) return;
      yield block;
      send({ text: this.stdout.take(), said: this.stderr.take(), told: this.told, answers: this.answers });
      this.told = [];
      this.answers = [];
    }
  }
}

/** Goes through the blocks that the thread is sent, and answers each. */
export function work(): void {
  const { argv, env } = workerData as Start;
  const mine = new Work();
  const send = (message: Done | Ended) => parentPort?.postMessage(message);
  parentPort?.on("message", (block: Block | null) => {
    mine.waiting.push(block);
    mine.wake();
  });
  const part: Part = {
    blocks: mine.blocks(send),
    tell: (one) => void mine.told.push(one),
    answer: (one) => void mine.answers.push(one),
  };
  const { stdout, stderr } = mine;
  const context: Context = { stdin: Readable.from([]), stdout, stderr, env, part };
  runCommand(argv, context)
    .then((code) => send({ code }))
    .catch((error: unknown) => send(failed(error)))
    .finally(() => parentPort?.close());
}

function failed(error: unknown): Ended {
  if (error instanceof DlstmError) return { problems: error.problems, count: error.count };
  const { message, stack = "" } = error instanceof Error ? error : new Error(String(error));
  return { message, stack };
}
