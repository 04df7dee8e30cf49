/** A line that is an object of arrays of numbers, as nearly all are: one walk over its bytes. What it does not know it refuses. */
export { LEAST, MOST, POWERS } from "./decimal";
import { end as numberEnd, number } from "./numeral";
export { TENS } from "./numeral";

/** So many keys of arrays there are at most: at KEYS the characters of each, filled up with zeros to eight. */
const LONGEST_KEY: usize = 8;
const MOST_KEYS: i32 = 32;
export const KEYS: usize = 0;

/** What was found under each key: rows, none where it is not there, columns, and which number is the first; three words. */
export const SHAPES: usize = KEYS + LONGEST_KEY * MOST_KEYS;
const SHAPE: usize = 12;

/** What a line is called: where its name begins and ends, the same of its id, and the id that is a number; two words each. Nothing of it is 0. */
export const LABEL: usize = SHAPES + SHAPE * MOST_KEYS;
/** One more than whether it goes backwards. */
export const REVERSE: usize = LABEL + 24;
const RECORD_END: usize = REVERSE + 8;

/** The line, with a zero behind it, and its numbers. */
export const LINE: usize = 4096;
export const LONGEST: usize = 1 << 20;
export const NUMBERS: usize = LINE + LONGEST + 4096;

const SPACE: u8 = 0x20;
const QUOTE: u8 = 0x22;
const COMMA: u8 = 0x2c;
const COLON: u8 = 0x3a;
const LEFT_BRACKET: u8 = 0x5b;
const BACKSLASH: u8 = 0x5c;
const RIGHT_BRACKET: u8 = 0x5d;
const LEFT_BRACE: u8 = 0x7b;
const RIGHT_BRACE: u8 = 0x7d;
const DELETE: u8 = 0x7f;

const NAME: u64 = 0x656d616e;
const ID: u64 = 0x6469;
const REVERSE_KEY: u64 = 0x65737265766572;
const TRUE: u32 = 0x65757274;
const FALSE: u64 = 0x65736c6166;

let at: usize = 0;
let count: i32 = 0;
/** The key that was found last: the next one is likely to be that behind it. */
let last: i32 = 0;

/** What stands here, behind white space. */
// @ts-ignore: decorator
@inline
function next(): u8 {
  let code = load<u8>(at);
  while (code === 0x20 || code === 0x09 || code === 0x0d) {
    at += 1;
    code = load<u8>(at);
  }
  return code;
}

/** Goes past a character, if it is the next. */
// @ts-ignore: decorator
@inline
function passes(code: u8): bool {
  // white space is rare
  if (load<u8>(at) !== code && next() !== code) return false;
  at += 1;
  return true;
}

/** Goes past a string of plain characters; where it begins, 0 where it is none. */
function string(): usize {
  if (!passes(QUOTE)) return 0;
  const start = at;
  for (let code = load<u8>(at); code !== QUOTE; code = load<u8>(at)) {
    if (code < 0x20 || code >= DELETE || code === BACKSLASH) return 0;
    at += 1;
  }
  at += 1;
  return start;
}

/** The number that is next; NaN where it is none. */
// @ts-ignore: decorator
@inline
function nextNumber(): f64 {
  if (load<u8>(at) <= SPACE) next();
  const value = number(at);
  at = numberEnd;
  return value;
}

/** How many numbers the row has that is next; 0 where it is none. */
function row(): i32 {
  if (!passes(LEFT_BRACKET)) return 0;
  const before = NUMBERS + 8 * <usize>count;
  let to = before;
  do {
    const value = nextNumber();
    if (value !== value) return 0;
    store<f64>(to, value);
    to += 8;
  } while (passes(COMMA));
  const found = <i32>((to - before) >> 3);
  count += found;
  return passes(RIGHT_BRACKET) ? found : 0;
}

function array(shape: usize, isMatrix: bool): bool {
  // a key that was there before
  if (load<i32>(shape) > 0) return false;
  store<i32>(shape, count, 8);
  if (isMatrix && !passes(LEFT_BRACKET)) return false;
  const cols = row();
  if (cols === 0) return false;
  let rows = 1;
  if (isMatrix) {
    for (; passes(COMMA); rows++) if (row() !== cols) return false;
    if (!passes(RIGHT_BRACKET)) return false;
  }
  store<i32>(shape, rows);
  store<i32>(shape, cols, 4);
  return true;
}

/** Text, of which is stored where it is. */
function text(label: usize): bool {
  if (load<u32>(label) !== 0) return false;
  const start = string();
  store<u32>(label, <u32>start);
  store<u32>(label, <u32>at - 1, 4);
  return start !== 0;
}

function id(): bool {
  if (load<u32>(LABEL, 8) !== 0) return false;
  if (next() === QUOTE) return text(LABEL + 8);
  const start = at;
  const value = nextNumber();
  store<f64>(LABEL, value, 16);
  store<u32>(LABEL, <u32>start, 8);
  return value === value;
}

function truth(): bool {
  if (load<u32>(REVERSE) !== 0) return false;
  next();
  const isTrue = load<u32>(at) === TRUE;
  if (!isTrue && (load<u64>(at) & 0xffffffffff) !== FALSE) return false;
  store<u32>(REVERSE, 1 + u32(isTrue));
  at += isTrue ? 4 : 5;
  return true;
}

/** What stands under the key that is next, once. */
function member(keys: i32, matrices: i32): bool {
  const start = string();
  const length = at - start - 1;
  if (start === 0 || length === 0 || length > LONGEST_KEY || !passes(COLON)) return false;
  const key = load<u64>(start) & (<u64>-1 >> (8 * (LONGEST_KEY - length)));
  for (let k = 0; k < keys; k++) {
    last = last + 1 < keys ? last + 1 : 0;
    if (load<u64>(KEYS + LONGEST_KEY * <usize>last) === key) return array(SHAPES + SHAPE * <usize>last, last < matrices);
  }
  if (key === NAME) return text(LABEL);
  if (key === ID) return id();
  return key === REVERSE_KEY && truth();
}

/** Walks along the line of so many bytes; false where it is anything else, or anything may be wrong with it. The first of the keys are those of matrices. */
export function walk(length: usize, keys: i32, matrices: i32): bool {
  memory.fill(SHAPES, 0, RECORD_END - SHAPES);
  at = LINE;
  count = 0;
  last = -1;
  store<u64>(LINE + length, 0);
  if (!passes(LEFT_BRACE)) return false;
  do {
    if (!member(keys, matrices)) return false;
  } while (passes(COMMA));
  return passes(RIGHT_BRACE) && next() === 0 && at === LINE + length;
}
