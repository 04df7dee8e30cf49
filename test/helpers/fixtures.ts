import { readdirSync, readFileSync } from "node:fs";

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
