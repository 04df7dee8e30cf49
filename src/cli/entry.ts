import process from "node:process";
import { main } from "./main.ts";

main(process.argv.slice(2), process).then((code) => {
  // not exit(): what is still on its way to a slow pipe must arrive
  process.exitCode = code;
});
