/** Weights of the frameworks in every command, from every kind of file. */
import { existsSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { fixture } from "../helpers/fixtures.ts";
import { errorSchema, forwardSchema, showSchema } from "../helpers/result-schemas.ts";
import { BIN, bash, ROOT, resultOf, run, temporaryFolder } from "../helpers/run.ts";

const WEIGHTS = "fixtures/weights";
const STATE = `${WEIGHTS}/state.json`;
const folder = temporaryFolder();
const bytesOf = (path: string) => readFileSync(join(ROOT, path));
const forward = (args: readonly string[], input?: Uint8Array) =>
  forwardSchema.parse(resultOf(["forward", "--json", ...args], input && { input }));
const truth = forward([`${WEIGHTS}/native.json`, "--state", STATE]);
/** The problems of a run that must end with bad input. */
function problemsOf(args: readonly string[], input?: string | Uint8Array): string[] {
  const { stdout, stderr, status } = run(args, input === undefined ? {} : { input });
  expect([stdout, status]).toEqual(["", 2]);
  return stderr.trimEnd().split("\n");
}

describe.each([
  ["JSON", `${WEIGHTS}/pytorch-cell.json`, []],
  ["safetensors", `${WEIGHTS}/pytorch.safetensors`, ["--layer", "0", "--reverse"]],
  ["npz, stored", `${WEIGHTS}/pytorch-stored.npz`, []],
  ["npz, deflated", `${WEIGHTS}/pytorch-compressed.npz`, []],
  [
    "npz of arrays without names",
    `${WEIGHTS}/keras-get-weights.npz`,
    ["--from", "keras", "--recurrent-activation", "sigmoid"],
  ],
  ["ONNX", `${WEIGHTS}/onnx.onnx`, []],
])("a file of %s", (_, path, flags) => {
  test("is read by its name", () => {
    expect(forward([path, ...flags, "--state", STATE])).toEqual(truth);
  });

  test("is read from standard input", () => {
    expect(forward([...flags, "--state", STATE], bytesOf(path))).toEqual(truth);
    expect(forward(["-", ...flags, "--state", STATE], bytesOf(path))).toEqual(truth);
  });

  test("is read from a pipe with a name", () => {
    const { stdout, stderr } = bash(`dlstm forward --json <(cat ${path}) ${flags.join(" ")} --state ${STATE}`);
    expect([stderr, JSON.parse(stdout)]).toEqual(["", truth]);
  });
});

describe("the state of foreign weights", () => {
  test("comes from flags as from --state, which they override", () => {
    const { x_t, h_prev, c_prev } = fixture<Record<string, number[]>>("weights/state.json");
    const flags = ["--x", JSON.stringify(x_t), "--h", JSON.stringify(h_prev), "--c", JSON.stringify(c_prev)];
    expect(forward([`${WEIGHTS}/haiku.json`, ...flags])).toEqual(truth);
    const state = join(folder, "other.json");
    writeFileSync(state, JSON.stringify({ x_t: [9, 9], h_prev: [9, 9, 9], c_prev }));
    expect(forward([`${WEIGHTS}/haiku.json`, "--state", state, ...flags.slice(0, 4)])).toEqual(truth);
  });

  test("is zero where it is not given, which is said", () => {
    expect(forward([`${WEIGHTS}/haiku.json`]).assumed_zero).toEqual(["h_prev", "c_prev", "x_t"]);
  });

  test("stands beside the weights, under the native keys", () => {
    const json = { ...fixture("weights/keras-named.json"), ...fixture("weights/state.json") };
    expect(forward(["--recurrent-activation", "sigmoid"], Buffer.from(JSON.stringify(json)))).toEqual(truth);
  });

  test("of the wrong size is told with the size of the weights", () => {
    expect(problemsOf([`${WEIGHTS}/onnx.onnx`, "--h", "[1,2]"])).toEqual([
      "dlstm: --h-prev: 2 numbers, expected 3 (the hidden size)",
    ]);
  });
});

describe("every command takes them, as the native cell", () => {
  const sequence = ["--x", "[[1,0],[0,1]]"];
  const reverse = join(folder, "reverse.json");
  writeFileSync(reverse, JSON.stringify({ ...fixture("weights/native.json"), reverse: true }));
  test.each([
    ["show", ["--state", STATE]],
    ["forward", ["--state", STATE]],
    ["jacobian", ["--of", "h_t,c_t", "--wrt", "x_t,h_prev", "--terms"]],
    ["optimum", ["--gate", "f,o", "--norm", "1"]],
    ["backward", ["--state", STATE]],
    ["backward", sequence],
    ["sequence", sequence],
    ["check", ["--state", STATE]],
    ["convert", ["--state", STATE]],
  ] as const)("%s %j", (command, flags) => {
    const [foreign, native] = [[`${WEIGHTS}/pytorch.safetensors`, "--layer", "0", "--reverse"], [reverse]].map(
      (chosen) => run([command, ...chosen, ...flags, "--json"]),
    );
    expect([foreign.stderr, foreign.status]).toEqual(["", 0]);
    const { name: _, ...expected } = JSON.parse(native.stdout);
    expect(JSON.parse(foreign.stdout)).toEqual(expected);
  });

  test.each(["show", "forward", "jacobian", "optimum", "backward"])("%s, one a line", (command) => {
    const lines = ["keras-named", "onnx", "pytorch-lstm", "coursera"].map((name) =>
      JSON.stringify(fixture(`weights/${name}.json`)),
    );
    const { stdout, status } = run([command, "--ndjson", "--recurrent-activation", "sigmoid", "--state", STATE], {
      input: `${lines.join("\n")}\n`,
    });
    const [keras, onnx, several, coursera] = stdout.trimEnd().split("\n");
    expect([onnx, coursera]).toEqual([keras, keras]);
    expect(JSON.parse(several!)).toMatchObject({ line: 3, error: { code: "ambiguous" } });
    expect(status).toBe(2);
  });

  test("a line beyond --max-bytes is told in its place, by the name of its file", () => {
    const path = join(folder, "lines.ndjson");
    writeFileSync(path, `{"U_f":[[1]]}\n{"U_f":[[${"1".repeat(100)}]]}\n{"U_f":[[1]]}`);
    const { stdout, status } = run(["forward", "--ndjson", "--max-bytes", "20", path]);
    const [first, second, third] = stdout.trimEnd().split("\n");
    expect(first).toContain('"preactivations"');
    expect(JSON.parse(second!)).toMatchObject({ line: 2, error: { code: "too-large", file: path } });
    expect(third).toBe(first);
    expect(status).toBe(2);
  });

  test("-o writes the result", () => {
    const path = join(folder, "result.json");
    expect(run(["forward", `${WEIGHTS}/onnx.onnx`, "--state", STATE, "--json", "-o", path])).toEqual({
      stdout: "",
      stderr: "",
      status: 0,
    });
    expect(JSON.parse(readFileSync(path, "utf8"))).toEqual(truth);
  });
});

describe("a file of several cells", () => {
  test.each([`${WEIGHTS}/pytorch-lstm.json`, `${WEIGHTS}/pytorch.safetensors`, `${WEIGHTS}/onnx-bidirectional.onnx`])(
    "%s is an error that lists flags, each of which chooses one",
    (path) => {
      const [line, ...others] = problemsOf([path]);
      expect(others).toEqual([]);
      const listed = /: \d cells, expected one of them: (.*)$/.exec(line!)![1]!.split(", ");
      const results = listed.map((flags) => {
        // the forward direction of the only layer needs no flag, but there is one to say so
        const given = flags === "" ? [] : flags.split(" ");
        return JSON.stringify(resultOf(["convert", path, ...given]));
      });
      expect(new Set(results).size).toBe(listed.length);
    },
  );

  test("under names that a shell would take apart lists them quoted", () => {
    const cell = fixture("weights/pytorch-cell.json");
    const input = JSON.stringify({ "it's a": cell, "$(b)": cell });
    const path = join(folder, "several.json");
    writeFileSync(path, input);
    const listed = /expected one of them: (.*)$/.exec(problemsOf([path])[0]!)![1]!.split(", ");
    expect(listed).toHaveLength(2);
    for (const flags of listed) {
      const { stdout, stderr } = bash(`dlstm forward --json ${path} ${flags} --state ${STATE}`);
      expect([stderr, JSON.parse(stdout)]).toEqual(["", truth]);
    }
  });

  test("a flag that chooses none names those that do", () => {
    const path = `${WEIGHTS}/pytorch-lstm.json`;
    expect(problemsOf([path, "--layer", "7"])).toEqual([
      `dlstm: ${path}: --layer 7: no such cell, expected one of them: --layer 0, --layer 0 --reverse, --layer 1, --layer 1 --reverse`,
    ]);
    expect(problemsOf(["fixtures/homework6.json", "--prefix", "a"])).toEqual([
      "dlstm: fixtures/homework6.json: --prefix a: no such cell, expected no flag: the file holds one cell",
    ]);
  });

  test("weights that two conventions would read as different cells ask for --from, and each is one", () => {
    const path = `${WEIGHTS}/tf-basic-bare.json`;
    const [line] = problemsOf([path]);
    const named = [...line!.matchAll(/--from ([\w-]+)/g)].map(([, name]) => name!);
    expect(named).toContain("tf-basic");
    expect(forward([path, "--from", "tf-basic", "--state", STATE])).toEqual(truth);
    expect(problemsOf([path, "--from", "onnx"])[0]).toContain("--from: no cell of onnx, expected --from tf-basic");
  });
});

describe("a file that cannot be read", () => {
  const directory = join(folder, "directory.npz");
  mkdirSync(directory);
  const cut = (name: string, length: number) => {
    const path = join(folder, name);
    writeFileSync(path, bytesOf(`${WEIGHTS}/${name}`).subarray(0, length));
    return path;
  };

  test.each([
    [join(folder, "none.safetensors"), /: no such file/],
    [directory, /: a directory, expected a file$/],
    [cut("onnx.onnx", 0), /: line 1, column 1: empty, expected a JSON object$/],
    [cut("pytorch.safetensors", 500), /: a header of 1920 bytes, but only 492 follow: truncated\?$/],
    [cut("pytorch-stored.npz", 700), /: no end-of-directory record of a zip file: truncated\?$/],
    [cut("kernel.npy", 200), /: 72 bytes of entries, expected 192 for \[2, 12\] of F64: truncated\?$/],
    [cut("pytorch-cell.json", 500), /: line \d+, column \d+: /],
  ])("%s ends in one line", (path, message) => {
    expect(problemsOf([path])).toEqual([expect.stringMatching(message)]);
    expect(problemsOf(["convert", "--list", path])).toEqual([expect.stringMatching(message)]);
  });

  test("is told as JSON with --json", () => {
    const { stderr } = run([`${WEIGHTS}/refused/onnx-peepholes.onnx`, "--json"]);
    expect(errorSchema.parse(JSON.parse(stderr)).error).toMatchObject({ code: "unsupported", place: "P" });
  });

  test.each([
    ["JSON", `[${" ".repeat(64)}`, 512_000_000],
    ["safetensors", "\x10\0\0\0\0\0\0\0{", 2 ** 30],
  ])("of %s is refused beyond its limit before it is read, and --max-bytes lifts it", (kind, start, most) => {
    const path = join(folder, `large-${kind}`);
    writeFileSync(path, start, "latin1");
    // a hole in the file: no disk is filled
    truncateSync(path, most + 1);
    expect(problemsOf([path])).toEqual([
      `dlstm: ${path}: more than ${most} bytes, expected at most as many as --max-bytes allows`,
    ]);
    if (kind === "safetensors") expect(problemsOf([path, "--max-bytes", `${2 ** 31}`])[0]).toContain(": header");
    truncateSync(path, 1000);
    expect(problemsOf([path, "--max-bytes", "999"])[0]).toContain("more than 999 bytes");
  });

  test("shows nothing of a hostile name as it stands", () => {
    const name = "\x1b[31m\u202e\n".repeat(40);
    const input = JSON.stringify({ [`${name}weight_ih`]: [[1]], [`${name}weight_hh`]: [[1, 2]] });
    const { stderr, stdout } = run(["-"], { input });
    expect([...(stderr + stdout)].filter((c) => c !== "\n" && /[\p{Cc}\u202a-\u202e]/u.test(c))).toEqual([]);
    expect(stderr.split("\n").every((line) => line.length < 480)).toBe(true);
  });
});

describe("a native cell", () => {
  test("starts without the code that reads weights", () => {
    const script = `process.argv.splice(1, 0, ${JSON.stringify(BIN)}); require(${JSON.stringify(BIN)});
      process.on("exit", () => console.error(Object.keys(require.cache).map((file) => require("path").basename(file)).join(" ")));`;
    const loaded = (...args: string[]) => bash(`"$DLSTM_NODE" -e '${script}' ${args.join(" ")} --json`).stderr.trim();
    expect(loaded("fixtures/homework6.json")).toBe("dlstm.cjs start.cjs entry.cjs");
    const readers = /safetensors|npz|npy|onnx\.cjs|wire/;
    expect(loaded(`${WEIGHTS}/pytorch-cell.json`)).toMatch(/read-file/);
    expect(loaded(`${WEIGHTS}/pytorch-cell.json`)).not.toMatch(readers);
    expect(loaded(`${WEIGHTS}/pytorch.safetensors --layer 0`)).toMatch(/safetensors/);
    expect(loaded(`${WEIGHTS}/pytorch.safetensors --layer 0`)).not.toMatch(/npz|npy|onnx\.cjs|wire/);
    expect(loaded(`${WEIGHTS}/onnx.onnx`)).toMatch(/onnx\.cjs/);
  });
});

/** A published voice-activity detector, with values in 60-digit arithmetic; too large to ship. */
const data = join(ROOT, "..", "shared", "data");
describe.skipIf(!existsSync(join(data, "silero-v5.safetensors")))(
  "a published model (skipped without its data)",
  () => {
    const show = (...args: string[]) =>
      showSchema.parse(resultOf(["show", join(data, args[0]!), ...args.slice(1), "--json"]));
    // within the tests: the body of what is skipped runs all the same
    const ours = () =>
      show("silero-v5.safetensors", "--prefix", "decoder.rnn", "--state", join(data, "silero-v5.state.json"));

    test("is the same cell as its native form", () => {
      expect(ours()).toEqual(show("silero-v5.cell.json"));
    });

    test("agrees with the exact values to 1e-13 of each row's largest entry", () => {
      const { values, jacobian } = JSON.parse(
        gunzipSync(readFileSync(join(data, "silero-v5.expect.json.gz"))).toString(),
      );
      const { gates, c_t, h_t, jacobian: found } = ours();
      const rows: [readonly number[], readonly unknown[]][] = [
        ...(["f", "i", "o", "u"] as const).map((g) => [gates[g]!, values[g]] as [number[], unknown[]]),
        [c_t!, values.c_t],
        [h_t!, values.h_t],
        ...found.f!.h_prev!.map((row, d) => [row, jacobian.f.h_prev[d]] as [number[], unknown[]]),
        ...found.h_t!.h_prev!.map((row, d) => [row, jacobian.h_t.h_prev[d]] as [number[], unknown[]]),
      ];
      expect(rows).toHaveLength(6 + 2 * 128);
      for (const [row, exact] of rows) {
        const expected = exact.map(Number);
        const largest = Math.max(...expected.map(Math.abs));
        expect(row).toHaveLength(expected.length);
        expect(Math.max(...expected.map((entry, k) => Math.abs(row[k]! - entry)))).toBeLessThanOrEqual(1e-13 * largest);
      }
    });
  },
);
