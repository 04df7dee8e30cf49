import process from "node:process";
import { closedOutput, isOutputClosed } from "./closed-output.ts";
import { main } from "./main.ts";

// process itself where it can be: each of its streams is opened when it is first looked at
const context = isOutputClosed() ? Object.create(process, { stdout: { value: closedOutput() } }) : process;
main(process.argv.slice(2), context).then((code) => {
  // not exit(): what is still on its way to a slow pipe must arrive
  process.exitCode = code;
});
