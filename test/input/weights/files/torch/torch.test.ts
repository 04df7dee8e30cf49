import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readCellFile } from "../../../../../src/input/open-cell.ts";
import { parseCell } from "../../../../../src/input/parse-cell.ts";
import { codeNote } from "../../../../../src/input/weights/files/torch/code.ts";
import { ZipArchive } from "../../../../../src/input/weights/files/zip/archive.ts";
import { readWeights } from "../../../../../src/input/weights/read-file.ts";
import { byteSource, laterProblemOf } from "../../../../helpers/byte-source.ts";
import { fixture } from "../../../../helpers/fixtures.ts";
import { runMain, temporaryFolder } from "../../../../helpers/run.ts";
import { type ZipMember, zip } from "../../../../helpers/zip.ts";

const FOLDER = "fixtures/weights/torch";
const bytesOf = (name: string) => new Uint8Array(readFileSync(`${FOLDER}/${name}`));
const truth = parseCell(fixture("weights/native.json"));

/** The members of a file, to be written again otherwise. */
function membersOf(name: string): ZipMember[] {
  const archive = new ZipArchive(byteSource(bytesOf(name)));
  return archive.members.map(({ name: member }) => {
    const opened = archive.open(member);
    return { name: member, data: opened.read(0, opened.size) };
  });
}

const read = (members: readonly ZipMember[]) => readWeights(byteSource(zip(members)));
const problem = (members: readonly ZipMember[]) => laterProblemOf(read(members));
const latin1 = (text: string) => Buffer.from(text, "latin1");
const isStorage = ({ name }: ZipMember) => /\/data\/\d+$/.test(name);

describe("a file of torch.save", () => {
  test("of a machine of the other byte order is the same cell", async () => {
    const swapped = membersOf("state-dict.pt").map((member) => {
      if (member.name.endsWith("byteorder")) return { ...member, data: Buffer.from("big") };
      return isStorage(member) ? { ...member, data: Buffer.from(member.data).swap64() } : member;
    });
    expect((await readCellFile(byteSource(zip(swapped)))).gates).toEqual(truth.gates);
    const other = swapped.map((one) =>
      one.name.endsWith("byteorder") ? { ...one, data: Buffer.from("middle") } : one,
    );
    expect(await problem(other)).toMatchObject({ code: "syntax", place: "byteorder" });
  });

  test("reads of a large file what the cell is, and where it stands", async () => {
    const large = { name: "checkpoint/data/99", data: new Uint8Array(2 ** 22) };
    const source = byteSource(zip([large, ...membersOf("checkpoint.pt")]));
    expect((await readCellFile(source)).gates).toEqual(truth.gates);
    // the end with the directory, 64 KiB of it, and then what is wanted
    expect(source.bytesRead).toBeLessThan(2 ** 17);
  });

  test("may hold lists and tuples of numbers, which are arrays beside a matrix and none elsewhere", async () => {
    // {"config": {"betas": [0.5, 0.25]}, "weight_ih": [[1.5, 2], (3, 4)], "bias_ih": [5, 6], "ragged": [[1, 2], [3]]}
    const float = (value: number) => {
      const bytes = Buffer.alloc(9, "G");
      bytes.writeDoubleBE(value, 1);
      return bytes.toString("latin1");
    };
    const key = (text: string) => `X${String.fromCharCode(text.length)}\0\0\0${text}`;
    const pickle = `\x80\x02}(${key("config")}}(${key("betas")}](${float(0.5)}${float(0.25)}eu${key("weight_ih")}](](${float(1.5)}K\x02eK\x03K\x04\x86e${key("bias_ih")}](K\x05K\x06e${key("ragged")}](](K\x01K\x02e](K\x03eeu.`;
    const { tensors } = await read([{ name: "lists/data.pkl", data: latin1(pickle) }]);
    expect(tensors.map(({ name, type, shape, values }) => [name, type, shape, [...values()]])).toEqual([
      ["weight_ih", "F64", [2, 2], [1.5, 2, 3, 4]],
      ["bias_ih", "F64", [2], [5, 6]],
    ]);
    // memoised once, and named again and again: 10^8 numbers in 200 bytes
    const shared = `\x80\x02](](K\x01K\x01eq\x01${Array.from({ length: 6 }, (_, k) => `](${`h${String.fromCharCode(k + 1)}`.repeat(20)}eq${String.fromCharCode(k + 2)}`).join("")}e.`;
    expect(await problem([{ name: "lists/data.pkl", data: latin1(shared) }])).toMatchObject({
      code: "too-large",
      message: /more numbers in lists/,
    });
  });

  test("the tensors of an optimiser are none of its weights", async () => {
    for (const name of ["checkpoint.pt", "checkpoint-legacy.pth", "lightning.ckpt"]) {
      const { tensors } = await readWeights(byteSource(bytesOf(name)));
      expect(tensors).toHaveLength(7);
      expect(tensors.filter(({ name: one }) => /exp_avg|optim/.test(one))).toEqual([]);
    }
  });

  test("two names of the same numbers are one cell, and each is chosen by its own", async () => {
    const source = byteSource(bytesOf("tied.pt"));
    for (const prefix of [undefined, "encoder", "decoder"]) {
      expect((await readCellFile(source, { prefix })).gates).toEqual(truth.gates);
    }
  });

  test("a prefix need not say what a checkpoint has above it", async () => {
    const source = byteSource(bytesOf("checkpoint.pt"));
    for (const prefix of ["rnn", "model_state_dict", "model_state_dict.rnn"]) {
      expect((await readCellFile(source, { prefix })).gates).toEqual(truth.gates);
    }
    expect(await laterProblemOf(readCellFile(source, { prefix: "rn" }))).toMatchObject({ place: "--prefix rn" });
  });

  test.each([
    [
      "a storage that is not there",
      (one: ZipMember[]) => one.filter(({ name }) => !name.endsWith("data/1")),
      "missing",
    ],
    [
      "a storage cut short",
      (one: ZipMember[]) => one.map((m) => (isStorage(m) ? { ...m, data: m.data.subarray(8) } : m)),
      "syntax",
    ],
    ["no pickle", (one: ZipMember[]) => one.filter(({ name }) => !name.endsWith("data.pkl")), "syntax"],
  ])("%s is an error", async (_, change, code) => {
    expect(await problem(change(membersOf("state-dict.pt")))).toMatchObject({ code });
  });

  test("a legacy file cut anywhere is an error", async () => {
    const bytes = bytesOf("state-dict-legacy.pth");
    for (let length = 16; length < bytes.length; length += 7) {
      const problem = await laterProblemOf(readWeights(byteSource(bytes.subarray(0, length))));
      expect(problem?.code, `${length} bytes`).toMatch(/syntax|missing/);
    }
  });

  test("torch.export's file says what is wrong with its table", async () => {
    const members = membersOf("exported.pt2");
    const table = (change: (text: string) => string) =>
      members.map((one) =>
        one.name.endsWith("weights_config.json")
          ? { ...one, data: Buffer.from(change(Buffer.from(one.data).toString())) }
          : one,
      );
    expect(await problem(table((text) => text.replace('"as_int": 12', '"as_int": 13')))).toMatchObject({
      code: "syntax",
      place: "weight_ih_l0",
    });
    expect(await problem(table((text) => text.replace("false", "true")))).toMatchObject({ code: "unsupported" });
    expect(await problem(table((text) => text.replace("weight_0", "../weight_0")))).toMatchObject({ code: "syntax" });
    expect(await problem(table(() => "{}"))).toMatchObject({ code: "syntax" });
    expect(await problem(table(() => "{"))).toMatchObject({ code: "syntax" });
  });
});

describe("a pickle that names code beside good weights", () => {
  const folder = temporaryFolder();
  const proof = join(folder, "proof");
  // {"evil": os.system("touch …"), "model": the state dict}
  const command = `touch ${proof}`;
  const call = `U\x04evilcposix\nsystem\n(U${String.fromCharCode(command.length)}${command}tR`;
  const members = membersOf("state-dict.pt").map((member) => {
    if (!member.name.endsWith("data.pkl")) return member;
    const body = Buffer.from(member.data).subarray(2, -1);
    return { ...member, data: Buffer.concat([latin1(`\x80\x02}(${call}U\x05model`), body, latin1("u.")]) };
  });
  const path = join(folder, "evil.pt");
  writeFileSync(path, zip(members));

  test("is read like any other, and a note says so", async () => {
    const note = "the file names code beside its tensors, posix.system: none of it is looked up or run";
    expect((await read(members)).notes).toEqual([note]);
    const { stdout, stderr, status } = await runMain(["convert", path]);
    expect([stderr, status]).toEqual([`dlstm: ${path}: ${note}\n`, 0]);
    expect(parseCell(JSON.parse(stdout)).gates).toEqual(truth.gates);
    expect((await runMain(["convert", path, "-q"])).stderr).toBe("");
    expect((await runMain(["convert", path, "--list"])).stdout.replaceAll(/\s+/g, " ")).toContain(note);
    expect(JSON.parse((await runMain(["convert", path, "--list", "--json"])).stdout).notes).toEqual([note]);
    expect(existsSync(proof)).toBe(false);
  });
});

test("names of code are told, those of data are not", () => {
  const data = ["torch._utils._rebuild_tensor_v2", "collections.OrderedDict", "torch.FloatStorage", "numpy.dtype"];
  expect(codeNote(new Set([...data, "torch.nn.modules.rnn.LSTM", "argparse.Namespace"]))).toEqual([]);
  expect(codeNote(new Set([...data, "posix.system"]))).toEqual([
    "the file names code beside its tensors, posix.system: none of it is looked up or run",
  ]);
  const many = codeNote(new Set(["torch.serialization.os.system", "builtins.getattr", "builtins.eval", "a.b"]));
  expect(many[0]).toMatch(/torch\.serialization\.os\.system, builtins\.getattr, builtins\.eval, … \(4 in all\)/);
});
