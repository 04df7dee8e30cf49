/** What results are made of, as JSON has it. The types hold each schema to the record that it describes. */
import * as z from "zod/mini";
import type { Matrix } from "../../linalg/matrix.ts";

/** A record as JSON has it: matrices as rows. */
export type Json<T> = T extends Float64Array
  ? number[]
  : T extends Matrix
    ? number[][]
    : T extends readonly (infer E)[]
      ? Json<E>[]
      : T extends object
        ? { -readonly [K in keyof T]: Json<T[K]> }
        : T;

/** The schema of a record, as the compiler checks: a key that is missing, too many, or of another type is an error. */
export function schemaOf<T>() {
  return <S extends z.ZodMiniType<Json<T>>>(schema: Exact<z.output<S>, Json<T>> extends true ? S : never): S => schema;
}

/** Whether every key of one is a key of the other. */
type Exact<A, B> = [keyof A] extends [keyof B] ? ([keyof B] extends [keyof A] ? true : false) : false;

export const vector = z.array(z.number()).check(z.minLength(1));
export const matrix = z.array(vector).check(z.minLength(1));
export const count = z.int().check(z.minimum(0));
export const text = z.string();
export const optional = z.exactOptional;

/** An object that may have each of these keys, all of one type. */
export function someOf<K extends string, T extends z.ZodMiniType>(keys: readonly K[], type: T) {
  return z.strictObject(
    Object.fromEntries(keys.map((key) => [key, optional(type)])) as Record<K, z.ZodMiniExactOptional<T>>,
  );
}

/** An object that has them all. */
export function allOf<K extends string, T extends z.ZodMiniType>(keys: readonly K[], type: T) {
  return z.strictObject(Object.fromEntries(keys.map((key) => [key, type])) as Record<K, T>);
}
