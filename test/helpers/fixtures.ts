import { readdirSync, readFileSync } from "node:fs";
import type { Numbers } from "../promise/measure.ts";
import type { NativeCell } from "../promise/reference.ts";

const FIXTURES = new URL("../../fixtures/", import.meta.url);

/** The text of a file in fixtures, such as `golden/pytorch.json`. */
export function fixtureText(path: string): string {
  return readFileSync(new URL(path, FIXTURES), "utf8");
}

/** A JSON file in fixtures; what it holds is the caller's claim. */
export function fixture<T = Record<string, unknown>>(path: string): T {
  return JSON.parse(fixtureText(path)) as T;
}

/** The names of the files in a folder of fixtures, sorted. */
export function fixtureNames(folder: string): string[] {
  return readdirSync(new URL(`${folder}/`, FIXTURES)).sort();
}

/** A nested result, a golden's or what JSON holds, as rows by quantity: `jacobian.f.h_prev`; vectors become columns. */
export function flatten<T>(nested: unknown, path = "", into: Numbers<T> = new Map()): Numbers<T> {
  if (!Array.isArray(nested)) {
    for (const [key, value] of Object.entries(nested as object)) flatten(value, path ? `${path}.${key}` : key, into);
  } else if (!path.startsWith("optimum")) {
    into.set(path, Array.isArray(nested[0]) ? nested : nested.map((entry) => [entry]));
  } else {
    into.set(
      `${path}.h_prev`,
      nested.map((unit) => unit.h_prev ?? []),
    );
    for (const key of ["preactivation", "activation"]) {
      into.set(
        `${path}.${key}`,
        nested.map((unit) => [unit[key]]),
      );
    }
  }
  return into;
}

interface Golden {
  readonly cell: string | NativeCell;
  readonly expected: Record<string, unknown>;
}

/** An exact golden: its cell, and its results as decimal strings of 25 digits. */
export interface ExactGolden {
  readonly name: string;
  readonly cell: NativeCell;
  readonly expected: Record<string, unknown>;
}

export function exactGoldens(): ExactGolden[] {
  return fixtureNames("golden")
    .filter((file) => /^exact-.*\.json$/.test(file))
    .flatMap((file) => {
      const content = fixture<Golden & { cells?: Golden[] }>(`golden/${file}`);
      return (content.cells ?? [content]).map(({ cell, expected }) => {
        const native = typeof cell === "string" ? fixture<NativeCell>(cell) : cell;
        return { name: `${file}, ${native.name ?? "no name"}`, cell: native, expected };
      });
    });
}

/** Rows of so many numbers: `matrix(2, 1, 2, 3, 4)` is [[1, 2], [3, 4]]. */
export function matrix(cols: number, ...entries: number[]): number[][] {
  return Array.from({ length: entries.length / cols }, (_, r) => entries.slice(r * cols, (r + 1) * cols));
}
