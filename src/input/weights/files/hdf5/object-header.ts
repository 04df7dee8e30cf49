/** Object headers, versions 1 and 2: the messages that say what a group or a dataset is (specification, IV.A). */

import type { FileBytes } from "./bytes.ts";
import type { Cursor } from "./cursor.ts";

/** The types of messages that are read; others are left alone. */
export const MESSAGE = {
  dataspace: 0x01,
  linkInfo: 0x02,
  datatype: 0x03,
  link: 0x06,
  externalFiles: 0x07,
  layout: 0x08,
  filters: 0x0b,
  attribute: 0x0c,
  continuation: 0x10,
  symbolTable: 0x11,
  attributeInfo: 0x15,
} as const;

export interface Message {
  readonly type: number;
  /** Whether it stands elsewhere, as a named datatype does: the body only tells where. */
  readonly isShared: boolean;
  /** To read what it says, each time from its beginning. */
  readonly body: () => Cursor;
}

/** A continuation may name any part of the file. */
const MOST_BLOCKS = 1000;

const SHARED = 0x02;

/** All messages of the header at an address. @throws {DlstmError} syntax, unsupported. */
export function readObjectHeader(bytes: FileBytes, address: number): Message[] {
  const first = bytes.read(address, 1, "an object header")[0];
  const reader = first === 1 ? version1(bytes, address) : version2(bytes, address);
  const messages: Message[] = [];
  const blocks = [reader.first];
  for (let k = 0; k < blocks.length; k++) {
    for (const message of reader.messages(blocks[k])) {
      messages.push(message);
      if (message.type !== MESSAGE.continuation) continue;
      const body = message.body();
      const [start, length] = [body.definedAddress(), body.length()];
      if (blocks.length === MOST_BLOCKS) throw body.fault(`more than ${MOST_BLOCKS} parts of an object header`);
      blocks.push(reader.continued(start, length));
    }
  }
  return messages;
}

interface HeaderReader {
  /** The first block of messages. */
  readonly first: Cursor;
  readonly continued: (address: number, length: number) => Cursor;
  readonly messages: (block: Cursor) => Generator<Message>;
}

function version1(bytes: FileBytes, address: number): HeaderReader {
  const what = "an object header";
  const prefix = bytes.cursor(address, 16, what);
  prefix.version(1);
  prefix.skip(7);
  return {
    first: bytes.cursor(address + 16, prefix.u32(), what),
    continued: (start, length) => bytes.cursor(start, length, "a part of an object header"),
    *messages(block) {
      while (block.left >= 8) {
        const [type, length, flags] = [block.u16(), block.u16(), block.u8()];
        block.skip(3);
        yield message(type, flags, block.bytes(length), block);
      }
    },
  };
}

function version2(bytes: FileBytes, address: number): HeaderReader {
  const prefix = bytes.signed(address, 6, "OHDR", "an object header");
  prefix.version(2);
  const flags = prefix.u8();
  // times; the numbers of attributes from which they are stored in a heap
  const skipped = 6 + (flags & 0x20 ? 16 : 0) + (flags & 0x10 ? 4 : 0);
  const width = 1 << (flags & 3);
  const length = bytes.cursor(address + skipped, width, "an object header").uint(width);
  return {
    first: bytes.cursor(address + skipped + width, length, "an object header"),
    continued(start, length) {
      const block = bytes.signed(start, length, "OCHK", "a part of an object header");
      return block.part(Math.max(0, block.left - CHECKSUM));
    },
    *messages(block) {
      // fewer bytes than a message begins with are a gap
      while (block.left >= (flags & 4 ? 6 : 4)) {
        const [type, length, own] = [block.u8(), block.u16(), block.u8()];
        if (flags & 4) block.skip(2);
        yield message(type, own, block.bytes(length), block);
      }
    },
  };
}

const CHECKSUM = 4;

function message(type: number, flags: number, body: Uint8Array, block: Cursor): Message {
  return { type, isShared: (flags & SHARED) !== 0, body: () => block.over(body) };
}
