/** The characters that JSON texts are scanned for: codes of UTF-16, and bytes of UTF-8. */

export const QUOTE = 0x22;
export const COMMA = 0x2c;
export const CAPITAL_I = 0x49;
export const CAPITAL_N = 0x4e;
export const COLON = 0x3a;
export const LEFT_BRACKET = 0x5b;
export const BACKSLASH = 0x5c;
export const RIGHT_BRACKET = 0x5d;
export const LEFT_BRACE = 0x7b;
export const RIGHT_BRACE = 0x7d;
