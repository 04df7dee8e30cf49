import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { beforeAll, describe, expect, test } from "vitest";
import { BIN, bash, cleanEnv, ROOT, run, temporaryFolder } from "../helpers/run.ts";

/** Reading it takes many pipefuls: a pipe holds 64 KiB. */
const EVERY_JACOBIAN = ["jacobian", "--json", "--of", "f,i,o,u,c_t,tanh_c_t,h_t"];
const folder = temporaryFolder();
const cell = join(folder, "cell.json");
const whole = join(folder, "whole.json");

beforeAll(() => {
  run(["schema", "cell", "--example", "--hidden", "200", "--input", "2", "-o", cell]);
  run([...EVERY_JACOBIAN, cell, "-o", whole]);
  run(["schema", "cell", "--example", "--hidden", "60", "-o", join(folder, "small.json")]);
});

describe("standard output", () => {
  test.each([
    ["jacobian --json cell.json | head -c 1", 0],
    ["jacobian --full small.json | head -1", 0],
    ["schema cell --example --hidden 200 | head -c 1", 0],
    ["nothing.json | head -1", 2],
    ["jacobian --of f cell.json --step 1 | head -1", 2],
  ])("dlstm %s ends quietly with the run's own status", (command, status) => {
    const { stderr, status: code } = bash(`dlstm ${command} > /dev/null`, { cwd: folder });
    expect(code).toBe(status);
    expect(stderr.split("\n").filter((line) => !line.startsWith("dlstm: "))).toEqual([""]);
    if (status === 0) expect(stderr).toBe("");
  });

  test.each(["--help", "--version", "jacobian --help", "schema", "show cell.json", "sigmoid 1"])(
    "of dlstm %s may be closed before the first byte",
    (command) => {
      // the reader is waited for, and gone
      const { stderr, status } = bash(`exec 3> >(true); wait $!; dlstm ${command} >&3`, { cwd: folder });
      expect([stderr, status]).toEqual(["", 0]);
    },
  );

  test("and standard error may both be closed", () => {
    expect(bash("exec 3> >(true); wait $!; dlstm nothing.json >&3 2>&3").status).toBe(2);
  });

  describe.runIf(process.platform === "linux")("that is closed from the start", () => {
    const closed = { stdout: "", stderr: "dlstm: stdout: closed, expected it to be open\n", status: 2 };

    test.each(["show small.json", "--help", "--version", "schema", "sigmoid 1"])(
      "ends with 2 where there is something to print: dlstm %s",
      (command) => {
        expect(bash(`dlstm ${command} >&-`, { cwd: folder })).toEqual(closed);
      },
    );

    test("does so in a shell that has closed its own", () => {
      expect(bash("exec >&-; dlstm sigmoid 1")).toEqual(closed);
    });

    test("does not matter where a file is written, or nothing", () => {
      expect(bash("dlstm sigmoid 1 -o one.txt >&-", { cwd: folder }).status).toBe(0);
      expect(bash("dlstm forward --ndjson >&-", { cwd: folder }).status).toBe(0);
    });

    test("is not taken for output that nobody wants", () => {
      expect(bash("dlstm sigmoid 1 > /dev/null").status).toBe(0);
      // what Node and Python hand over is /dev/null for reading and writing, as Node itself puts in place of what is closed
      const stdio = ["ignore", "ignore", "pipe"] as const;
      expect(spawnSync(process.execPath, [BIN, "sigmoid", "1"], { stdio: [...stdio] }).status).toBe(0);
      const script = '"$0" "$1" sigmoid 1; exit $?';
      expect(spawnSync("bash", ["-c", script, process.execPath, BIN], { stdio: [...stdio] }).status).toBe(0);
    });
  });

  test("arrives whole at a slow reader", async () => {
    const child = spawn(process.execPath, [BIN, ...EVERY_JACOBIAN, cell], { cwd: ROOT, env: cleanEnv() });
    const ended = new Promise((resolve) => child.on("exit", resolve));
    await new Promise((resolve) => setTimeout(resolve, 300));
    const pieces: Buffer[] = [];
    for await (const piece of child.stdout) {
      pieces.push(piece);
      if (pieces.length < 20) await new Promise((resolve) => setTimeout(resolve, 10));
    }
    const text = Buffer.concat(pieces);
    expect(text.length).toBeGreaterThan(5e6);
    expect(text.equals(readFileSync(whole))).toBe(true);
    expect(await ended).toBe(0);
  });

  test("arrives whole through a pipe that does not wait for its reader", () => {
    // a socket of Node's on a pipe makes it such a one, for all that write to it
    const socket = `new (require("node:net").Socket)({ fd: 3, readable: false, writable: true })`;
    const beside = `coproc "$DLSTM_NODE" -e '${socket}; console.log(""); process.stdin.resume()'; read -ru "\${COPROC[0]}"`;
    const script = `{ exec 3>&1; ${beside}; dlstm ${EVERY_JACOBIAN.join(" ")} cell.json; } | (sleep 0.3; cmp - whole.json)`;
    expect(bash(script, { cwd: folder })).toEqual({ stdout: "", stderr: "", status: 0 });
  });

  test.runIf(process.platform === "linux").each(["show cell.json", "schema", "sigmoid 1", "--help", "--version"])(
    "of dlstm %s on a full disk ends with 2",
    (command) => {
      const { stderr, status } = bash(`dlstm ${command} > /dev/full`, { cwd: folder });
      expect([stderr, status]).toEqual(["dlstm: stdout: no space left on the device\n", 2]);
    },
  );
});

describe("standard input", () => {
  test("is read to its end from a slow writer", () => {
    const script = `{ printf '{"U_f":'; sleep 0.1; printf '[[4]]}'; } | dlstm forward --json`;
    expect(bash(script)).toMatchObject({ stderr: "", status: 0 });
  });

  test("may be closed", () => {
    expect(bash("dlstm <&-")).toMatchObject({ stdout: "", status: 2 });
  });
});
