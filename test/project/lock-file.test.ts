import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

interface Locked {
  readonly resolved?: string;
  readonly optionalDependencies?: Record<string, string>;
}

const lock = JSON.parse(readFileSync(new URL("../../package-lock.json", import.meta.url), "utf8"));
const packages: [string, Locked][] = Object.entries(lock.packages);

test("the lock file holds no download addresses", () => {
  expect(packages.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
});

test("the lock file holds every platform's package, so that npm ci works on all of them", () => {
  const missing = packages.flatMap(([path, { optionalDependencies = {} }]) =>
    path === "" ? [] : Object.keys(optionalDependencies).filter((name) => !(`node_modules/${name}` in lock.packages)),
  );
  expect(missing).toEqual([]);
});
