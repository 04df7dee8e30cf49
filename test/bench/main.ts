/** npm run bench [-- NODE…]: every figure of the tables on the page beside it; other node binaries for the start can be named. */
import { cpus } from "node:os";
import { startPeers, stop } from "./beside.ts";
import { benchGrade } from "./grade.ts";
import { benchHostile } from "./hostile.ts";
import { benchKernel } from "./kernel.ts";
import { benchLimits } from "./limits.ts";
import { benchNdjson } from "./ndjson.ts";
import { benchFile, benchStart } from "./process.ts";
import { benchSequence } from "./sequence.ts";
import { benchStates } from "./states.ts";
import { benchWeights } from "./weights.ts";

const print = (line: string) => void process.stdout.write(`${line}\n`);
print(`${cpus()[0].model}, ${cpus().length} cores, node ${process.version}, ${new Date().toISOString().slice(0, 10)}`);
benchStart(print, [process.execPath, ...process.argv.slice(2)]);
benchFile(print);
benchWeights(print);
benchNdjson(print);
benchStates(print);
benchGrade(print);
benchLimits(print);
const peers = await startPeers();
print(`${peers.python.versions}; ${peers.c.versions}`);
await benchKernel(print, peers);
benchHostile(print);
await benchSequence(print, peers);
stop(peers);
