/**
 * Pickles of protocols 2 to 5, read as data. A pickle is a program for a small machine; Python's runs what it names,
 * this one makes records of it ({@link Made}): it looks nothing up and calls nothing, whatever the file says.
 * The opcodes are those of Lib/pickletools.py that torch.save and numpy write; others are refused by name.
 */

import { failure } from "../../../../errors.ts";
import type { Cursor } from "./cursor.ts";
import { damaged, LONGEST_TEXT, Machine, wholeNumber } from "./machine.ts";
import { Extent, type Persistent } from "./values.ts";

export interface Pickle {
  readonly value: unknown;
  /** Every name of Python that stands in it. */
  readonly globals: ReadonlySet<string>;
  /** All that it says to stand outside, whether its value leads there or not. */
  readonly persistent: readonly Persistent[];
}

const LONGEST_LINE = 4096;
/** A number of more bytes is none that any file of weights has. */
const LONGEST_NUMBER = 64;
/** Those of half a million tensors; of a file that packs them, no more than it has bytes, or than any small one needs. */
const MOST_OPCODES = 2 ** 24;
const FEW_OPCODES = 2 ** 20;

type Opcode = (machine: Machine, cursor: Cursor) => void;

const STOP = 0x2e;

/** By the byte that stands for them, in the order of pickletools. */
const OPCODES = new Map<number, Opcode>(
  Object.entries<Opcode>({
    // numbers and constants
    J: (machine, cursor) => machine.push(cursor.i32()),
    K: (machine, cursor) => machine.push(cursor.u8()),
    M: (machine, cursor) => machine.push(cursor.u16()),
    "\x8a": (machine, cursor) => pushLong(machine, cursor, cursor.u8()),
    "\x8b": (machine, cursor) => pushLong(machine, cursor, cursor.u32()),
    G: (machine, cursor) => machine.push(cursor.f64()),
    N: (machine) => machine.push(null),
    "\x88": (machine) => machine.push(true),
    "\x89": (machine) => machine.push(false),
    // texts; those of Python 2 are bytes, and names among them
    X: (machine, cursor) => pushText(machine, cursor, cursor.u32()),
    "\x8c": (machine, cursor) => pushText(machine, cursor, cursor.u8()),
    "\x8d": (machine, cursor) => pushText(machine, cursor, cursor.length64()),
    T: (machine, cursor) => pushText(machine, cursor, cursor.u32()),
    U: (machine, cursor) => pushText(machine, cursor, cursor.u8()),
    // bytes
    B: (machine, cursor) => pushBytes(machine, cursor, cursor.u32()),
    C: (machine, cursor) => pushBytes(machine, cursor, cursor.u8()),
    "\x8e": (machine, cursor) => pushBytes(machine, cursor, cursor.length64()),
    "\x96": (machine, cursor) => pushBytes(machine, cursor, cursor.length64()),
    // lists, tuples, sets
    "]": (machine) => machine.push([]),
    ")": (machine) => machine.push([]),
    "\x8f": (machine) => machine.push([]),
    a: (machine) => machine.append([machine.pop()]),
    e: (machine) => machine.append(machine.popToMark()),
    "\x90": (machine) => machine.append(machine.popToMark()),
    l: (machine) => machine.push(machine.popToMark()),
    t: (machine) => machine.push(machine.popToMark()),
    "\x91": (machine) => machine.push(machine.popToMark()),
    "\x85": (machine) => machine.push(machine.popSeveral(1)),
    "\x86": (machine) => machine.push(machine.popSeveral(2)),
    "\x87": (machine) => machine.push(machine.popSeveral(3)),
    // dictionaries
    "}": (machine) => machine.push(new Map()),
    d: (machine) => {
      const items = machine.popToMark();
      machine.push(new Map());
      machine.setItems(items);
    },
    s: (machine) => machine.setItems(machine.popSeveral(2)),
    u: (machine) => machine.setItems(machine.popToMark()),
    // the stack and the memo
    "0": (machine) => machine.drop(),
    "1": (machine) => void machine.popToMark(),
    "(": (machine) => machine.mark(),
    q: (machine, cursor) => machine.memoise(cursor.u8()),
    r: (machine, cursor) => machine.memoise(cursor.u32()),
    "\x94": (machine) => machine.memoise(),
    h: (machine, cursor) => machine.recall(cursor.u8()),
    j: (machine, cursor) => machine.recall(cursor.u32()),
    // what Python would look up and call
    c: (machine, cursor) => machine.pushGlobal(cursor.line(LONGEST_LINE), cursor.line(LONGEST_LINE)),
    "\x93": (machine) => {
      const [module, name] = machine.popSeveral(2);
      machine.pushGlobal(module, name);
    },
    R: (machine) => {
      const [callable, args] = machine.popSeveral(2);
      machine.make(callable, args);
    },
    "\x81": (machine) => {
      const [callable, args] = machine.popSeveral(2);
      machine.make(callable, args);
    },
    "\x92": (machine) => {
      const [callable, args] = machine.popSeveral(3);
      machine.make(callable, args);
    },
    b: (machine) => machine.build(),
    Q: (machine) => machine.pushPersistent(machine.pop()),
    // a frame says how many bytes may be read at once
    "\x95": (_, cursor) => void cursor.length64(),
  }).map(([character, opcode]) => [character.charCodeAt(0), opcode]),
);

const PROTOCOL = 0x80;

/**
 * The value of the pickle at the cursor, which stands behind it afterwards.
 * @param fileBytes of the file that holds it, packed or not
 * @throws {DlstmError} syntax, unsupported (an opcode that no file of weights has), too-large.
 */
export function unpickle(cursor: Cursor, fileBytes: number): Pickle {
  const machine = new Machine();
  const most = Math.min(MOST_OPCODES, Math.max(FEW_OPCODES, fileBytes));
  if (cursor.u8() !== PROTOCOL) throw damaged("it does not begin with its protocol");
  const protocol = cursor.u8();
  if (protocol < 2 || protocol > 5) throw failure("unsupported", `a pickle of protocol ${protocol}, expected 2 to 5`);
  for (let count = 0, byte = cursor.u8(); byte !== STOP; count++, byte = cursor.u8()) {
    if (count > most) throw failure("too-large", `a pickle of more than ${most} opcodes`);
    const opcode = OPCODES.get(byte);
    if (opcode === undefined) throw unknownOpcode(byte, cursor.at - 1);
    opcode(machine, cursor);
  }
  return { value: machine.result(), globals: new Set(machine.globals.keys()), persistent: machine.persistent };
}

function pushLong(machine: Machine, cursor: Cursor, length: number): void {
  if (length > LONGEST_NUMBER) throw damaged(`a number of ${length} bytes`);
  machine.push(wholeNumber(cursor.bytes(length)));
}

function pushText(machine: Machine, cursor: Cursor, length: number): void {
  if (length > LONGEST_TEXT) pushBytes(machine, cursor, length);
  else machine.push(cursor.bytes(length).toString("utf8"));
}

function pushBytes(machine: Machine, cursor: Cursor, length: number): void {
  const { at } = cursor;
  cursor.skip(length);
  machine.push(new Extent(at, length));
}

function unknownOpcode(byte: number, at: number) {
  const code = `0x${byte.toString(16).padStart(2, "0")}`;
  const message = `the pickle's opcode ${code} at byte ${at}, expected one of those that write data: it may run code, which is never done`;
  return failure("unsupported", message);
}
