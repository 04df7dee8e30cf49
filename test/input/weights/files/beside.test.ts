import { describe, expect, test } from "vitest";
import { besideOf } from "../../../../src/input/weights/files/beside.ts";
import type { ByteSource } from "../../../../src/input/weights/tensor.ts";
import { byteSource, problemOf } from "../../../helpers/byte-source.ts";

const data = new Uint8Array(3);
const source = byteSource(new Uint8Array(), "model.onnx", { "w.bin": data, "weights/model.bin": data, "...": data });

describe("a file beside another", () => {
  test.each(["w.bin", "weights/model.bin", "..."])("%s is a plain name in its folder or below it", (location) => {
    expect(besideOf(source, location).size).toBe(3);
  });

  test.each([
    ["", "an empty name"],
    ["/etc/passwd", "an absolute name"],
    ["../x.data", "with . or .."],
    ["a/../../x.data", "with . or .."],
    ["a/../x.data", "with . or .."],
    ["./x.data", "with . or .."],
    [".", "with . or .."],
    ["a//x.data", "an absolute name"],
    ["weights/", "an absolute name"],
    ["..\\..\\x.data", "a backslash"],
    ["C:x.data", "a colon"],
    ["C:/x.data", "a colon"],
    ["x.data:stream", "a colon"],
    ["https://example.org/x.data", "a colon"],
    ["w.bin\0.data", "a control character"],
    ["w\n.bin", "a control character"],
    [`${"a/".repeat(20)}x`, "more than 16 parts"],
  ])("%j is none", (location, fault) => {
    const opened: unknown[] = [];
    const spied: ByteSource = {
      ...source,
      beside(parts) {
        opened.push(parts);
        return source;
      },
    };
    const problem = problemOf(() => besideOf(spied, location));
    expect(problem).toMatchObject({ code: "unsupported", message: expect.stringContaining(fault) });
    expect(opened).toEqual([]);
  });

  test("standard input has no folder", () => {
    const { beside: _, ...stream } = source;
    expect(problemOf(() => besideOf(stream, "w.bin"))).toMatchObject({ code: "unsupported", place: "w.bin" });
  });
});
