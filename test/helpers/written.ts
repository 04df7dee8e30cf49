import { expect } from "vitest";
import type { Tensor } from "../../src/input/weights/tensor.ts";
import { FILES } from "./written-bytes.ts";

/** Expects the tensors to be those that the writer was given: names, types, shapes, every value. */
export function expectWritten(name: string, tensors: readonly Tensor[]): void {
  const read = tensors.map(({ name, type, shape, values }) => [name, { type, shape, values: [...values()] }]);
  expect(Object.fromEntries(read)).toEqual(FILES[name].tensors);
  expect(read).toHaveLength(Object.keys(FILES[name].tensors).length);
}
