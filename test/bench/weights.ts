/** A cell of H = I = 1024 in a safetensors file, float32, 32 MiB: read and stepped, against `node -e 0`. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compare, DLSTM } from "./process.ts";
import { show } from "./statistics.ts";

const H = 1024;

export function benchWeights(print: (line: string) => void, runs = 15): void {
  const folder = mkdtempSync(join(tmpdir(), "dlstm-bench-"));
  const file = join(folder, "cell.safetensors");
  const state = join(folder, "state.json");
  writeFileSync(
    file,
    safetensors({ weight_ih: [4 * H, H], weight_hh: [4 * H, H], bias_ih: [4 * H], bias_hh: [4 * H] }),
  );
  const vector = Array.from({ length: H }, (_, k) => Math.sin(k));
  writeFileSync(state, JSON.stringify({ x_t: vector, h_prev: vector, c_prev: vector }));
  print(`a safetensors cell of H = I = ${H}, float32, 32 MiB, as multiples of node -e 0, ${runs} interleaved runs`);
  for (const [name, flags] of [
    ["forward --json", []],
    ["forward --json --state", ["--state", state]],
  ] as const) {
    const args = [DLSTM, "forward", "--json", file, ...flags];
    const { time, peak } = compare(process.execPath, args, ["-e", "0"], runs);
    print(`${name}: time ${show(time)} (bar 3), peak memory ${peak.toFixed(0)} MiB (bar 200)`);
  }
  rmSync(folder, { recursive: true });
}

/** Small numbers that differ, in the order of the shapes. */
function safetensors(shapes: Readonly<Record<string, readonly number[]>>): Buffer {
  const header: Record<string, object> = {};
  const data: Buffer[] = [];
  let end = 0;
  for (const [name, shape] of Object.entries(shapes)) {
    const count = shape.reduce((product, length) => product * length, 1);
    header[name] = { dtype: "F32", shape, data_offsets: [end, end + 4 * count] };
    data.push(Buffer.from(Float32Array.from({ length: count }, (_, k) => Math.sin(k * k) / 32).buffer));
    end += 4 * count;
  }
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([length, text, ...data]);
}
