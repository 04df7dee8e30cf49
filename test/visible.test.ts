import { describe, expect, test } from "vitest";
import { visible, visibleJson, visibleLine } from "../src/visible.ts";

describe("visible", () => {
  test.each([
    ["an escape sequence", "\u001b[31mred\u001b[0m", "\\x1b[31mred\\x1b[0m"],
    ["a bell and a window title", "\u001b]0;owned\u0007", "\\x1b]0;owned\\x07"],
    ["a carriage return and a backspace", "a\rb\bc", "a\\x0db\\x08c"],
    ["NUL and DEL", "\u0000\u007f", "\\x00\\x7f"],
    ["C1 controls", "\u0080\u009b31m", "\\x80\\x9b31m"],
    ["bidirectional overrides and isolates", "\u202e\u202a\u2066\u2069", "\\u202e\\u202a\\u2066\\u2069"],
    ["bidirectional marks", "\u200e\u200f\u061c", "\\u200e\\u200f\\u061c"],
    ["zero-width characters", "\u200b\u200d\u2060\ufeff", "\\u200b\\u200d\\u2060\\ufeff"],
    ["soft hyphens", "a\u00adb", "a\\xadb"],
    ["tag characters", "\u{e0001}\u{e0041}\u{e007f}", "\\u{e0001}\\u{e0041}\\u{e007f}"],
    ["variation selectors", "a\ufe0f\u180b\u{e0100}\u{e01ef}", "a\\ufe0f\\u180b\\u{e0100}\\u{e01ef}"],
    ["fillers and the blank of Braille", "\u115f\u3164\uffa0\u2800", "\\u115f\\u3164\\uffa0\\u2800"],
    ["the joiner of graphemes and invisible operators", "\u034f\u2061\u206f", "\\u034f\\u2061\\u206f"],
    ["marks of annotation", "\ufff9\ufffa\ufffb", "\\ufff9\\ufffa\\ufffb"],
    [
      "format characters of other scripts",
      "\u06dd\u{13430}\u{1bca0}\u{1d173}",
      "\\u06dd\\u{13430}\\u{1bca0}\\u{1d173}",
    ],
    ["what is no character", "\ufdd0\uffff\u{10fffe}", "\\ufdd0\\uffff\\u{10fffe}"],
    ["line and paragraph separators", "\u2028\u2029", "\\u2028\\u2029"],
    ["a lone surrogate", "a\ud800b\udc00", "a\\ud800b\\udc00"],
  ])("spells out %s", (_, text, expected) => {
    expect(visible(text)).toBe(expected);
    expect(visibleLine(text)).toBe(expected);
  });

  test.each(["", "plain", "größe ∂f_t σ'(z) ‖h‖₂", "𝄞 日本語 שלום", "a\u0301"])("leaves %j as it is", (text) => {
    expect(visibleLine(text)).toBe(text);
  });

  test("keeps tabs and line feeds, which visibleLine spells out", () => {
    expect(visible("a\tb\nc")).toBe("a\tb\nc");
    expect(visibleLine("a\tb\nc")).toBe("a\\x09b\\x0ac");
  });
});

test("visibleJson escapes them in JSON's own way, so that the text reads back", () => {
  const text = "a\u00adb\u009b\u202e\u{e0041}\u2028\ud800 größe 𝄞";
  const json = visibleJson(JSON.stringify({ [text]: text }));
  expect(json).toContain('"a\\u00adb\\u009b\\u202e\\udb40\\udc41\\u2028\\ud800 größe 𝄞"');
  expect(JSON.parse(json)).toEqual({ [text]: text });
});
