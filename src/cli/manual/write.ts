/** Prints the manual page, when the package is built. */
import process from "node:process";
import manifest from "../../../package.json" with { type: "json" };
import { createProgram } from "../program.ts";
import { manualPage } from "./page.ts";

const { stdin, stdout, stderr, env } = process;
const program = await createProgram({ context: { stdin, stdout, stderr, env }, endWith: () => undefined }, null);
// a build that is to be repeated byte for byte names its time: https://reproducible-builds.org/specs/source-date-epoch/
const time = env.SOURCE_DATE_EPOCH === undefined ? new Date() : new Date(1000 * Number(env.SOURCE_DATE_EPOCH));
stdout.write(manualPage(program, manifest.version, time.toISOString().slice(0, 10)));
