import { spawn, spawnSync } from "node:child_process";
import { createInterface } from "node:readline";

/** A program that answers each line on its stdin with one on its stdout. */
export interface Peer {
  /** What it says of itself first: the versions of its libraries, "absent" for those that are not installed. */
  readonly versions: string;
  ask(line: string): Promise<string>;
  stop(): void;
}

/** Starts a program with the Python of this machine that has most of numpy, PyTorch and JAX; without any Python all is absent. */
export async function startPython(program: string): Promise<Peer> {
  const python = findPython();
  return python === null ? absentPeer("python3") : startPeer(python, [program]);
}

export function absentPeer(name: string): Peer {
  return { versions: `${name} absent`, ask: async () => "absent", stop: () => undefined };
}

export async function startPeer(command: string, args: readonly string[] = []): Promise<Peer> {
  const child = spawn(command, args, { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => String((await lines.next()).value);
  const versions = await next();
  const ask = (line: string) => {
    child.stdin.write(`${line}\n`);
    return next();
  };
  return { versions, ask, stop: () => child.stdin.end() };
}

function findPython(): string | null {
  const pythons = ["python3", "/usr/bin/python3"];
  const runs = (python: string, code: string) => spawnSync(python, ["-c", code]).status === 0;
  for (const code of ["import torch, numpy, jax", "import torch, numpy", "import numpy", ""]) {
    const python = pythons.find((candidate) => runs(candidate, code));
    if (python) return python;
  }
  return null;
}
