import { EventEmitter } from "node:events";
import { describe, expect, test } from "vitest";
import { note } from "../../src/cli/terminal.ts";
import { bash, runMain } from "../helpers/run.ts";

/** What a note writes on a stderr like this one. */
function written(text: string, { quiet = false, isTTY = false, LANG = "C" } = {}): string {
  const lines: string[] = [];
  const stderr = Object.assign(new EventEmitter(), { isTTY, write: (line: string) => lines.push(line) });
  const context = { stderr, env: { LANG } } as unknown as Parameters<typeof note>[2];
  note(text, quiet ? { quiet } : {}, context);
  return lines.join("");
}

const NO_W = '{"name":"\\u001b[31mred","U_f":[[1]],"U_i":[[1]],"U_o":[[1]],"U_u":[[1]]}';

describe("note", () => {
  test("is one line on stderr that begins with the program's name", () => {
    expect(written("no gradient of x_t")).toBe("dlstm: no gradient of x_t\n");
  });

  test("is silenced by -q", () => {
    expect(written("no gradient", { quiet: true })).toBe("");
  });

  test("shows control characters instead of sending them", () => {
    expect(written("a\u001b[31mb\nc\u202e")).toMatch(/^dlstm: [ -~\u2400-\u243f�]*\n$/u);
  });

  test("is ASCII on a terminal that is not UTF-8, and UTF-8 in a pipe", () => {
    expect(written("∂L größe", { isTTY: true })).toBe("dlstm: dL gr??e\n");
    expect(written("∂L größe", { isTTY: true, LANG: "C.UTF-8" })).toBe("dlstm: ∂L größe\n");
    expect(written("∂L größe")).toBe("dlstm: ∂L größe\n");
  });

  test("leaves stdout and the exit code to the result", async () => {
    const { stdout, stderr, status } = await runMain(["backward", "--json"], { input: NO_W });
    expect(() => JSON.parse(stdout)).not.toThrow();
    expect(stderr).toMatch(/^dlstm: stdin: no gradient of .*\n$/);
    expect(status).toBe(0);
  });

  test("to a closed standard error does no harm", () => {
    const script = "exec 3> >(true); wait $!; dlstm backward --json 2>&3 | cat";
    const { stdout, status } = bash(script, { input: NO_W });
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toHaveProperty("gradient");
  });
});
