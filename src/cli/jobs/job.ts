/** A job: a run of the program on the blocks of lines that it is given, whose output is collected. */
import { Readable } from "node:stream";
import { DlstmError } from "../../errors.ts";
import type { Context, Output } from "../context.ts";
import type { Block, Ended, Part, Said, Told } from "./part.ts";

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
  async *blocks(send: (said: Said) => void): AsyncGenerator<Block> {
    // what there is to say of the flags and their files, the run itself has said
    this.stderr.take();
    send("ready");
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

/**
 * Starts a job.
 * @param run of the program, with a context of its own
 * @param send is told what comes of each block, in their order, and then how the run has ended
 * @returns what hands it a block, or null for their end
 */
export function startJob(
  env: Context["env"],
  run: (context: Context) => Promise<number>,
  send: (said: Said) => void,
): (block: Block | null) => void {
  const mine = new Work();
  const part: Part = {
    blocks: mine.blocks(send),
    tell: (one) => void mine.told.push(one),
    answer: (one) => void mine.answers.push(one),
  };
  const { stdout, stderr } = mine;
  run({ stdin: Readable.from([]), stdout, stderr, env, part })
    .then((code) => send({ code }))
    .catch((error: unknown) => send(failed(error)));
  return (block) => {
    mine.waiting.push(block);
    mine.wake();
  };
}

function failed(error: unknown): Ended {
  if (error instanceof DlstmError) return { problems: error.problems, count: error.count };
  const { message, stack = "" } = error instanceof Error ? error : new Error(String(error));
  return { message, stack };
}
