import { runMain } from "./run.ts";

/** Command lines that between them print every kind of result, on cells that show something of their own. */
export const EVERY_RESULT: readonly (readonly string[])[] = [
  ["show", "fixtures/homework6.json"],
  ["show", "fixtures/zero-row.json"],
  ["show", "fixtures/forget-gate-only.json"],
  ["forward", "fixtures/saturated-gates.json"],
  ["forward", "fixtures/one-unit.json"],
  [
    "jacobian",
    "fixtures/bias-and-input.json",
    "--of",
    "f,i,o,u,c_t,tanh_c_t,h_t",
    "--wrt",
    "h_prev,c_prev,x_t",
    "--terms",
  ],
  ["jacobian", "fixtures/extreme-scales.json"],
  ["jacobian", "fixtures/bias-and-input.json", "--of", "f,h_t", "--wrt", "x_t,W_f,U_i,b_f,b_o"],
  ["optimum", "fixtures/bias-and-input.json", "--gate", "f,u", "--unit", "2,0", "--norm", "inf", "--minimize"],
  ["optimum", "fixtures/zero-row.json", "--norm", "1"],
  ["optimum", "fixtures/bias-and-input.json", "--of", "c_t,tanh_c_t,h_t", "--unit", "2,0", "--minimize"],
  ["backward", "fixtures/homework6.json", "--steps"],
  ["backward", "fixtures/sequence.json", "--steps"],
  ["hessian", "fixtures/bias-and-input.json", "--wrt", "z", "--vector", "1 2 3 4 5 6 7 8"],
  ["hessian", "fixtures/homework6.json", "--unit", "1"],
  ["sequence", "fixtures/sequence.json", "--from-step", "2"],
  ["backward", "fixtures/reverse.json", "--steps"],
  ["sequence", "fixtures/reverse.json"],
  ["sequence", "fixtures/sequence.json", "--wrt", "x", "--steps"],
  ["sequence", "fixtures/reverse.json", "--wrt", "x", "--norms"],
  ["check", "fixtures/reverse.json"],
  ["check", "fixtures/homework6.json"],
  ["check", "fixtures/sequence.json", "--columns", "1"],
  ["sigmoid", "-0", "40", "-745", "1.5e-300"],
];

/** The output of a command line that must succeed. */
export async function printed(args: readonly string[]): Promise<string> {
  const { stdout, stderr, status } = await runMain([...args, "--quiet"]);
  if (status !== 0 || stderr !== "") throw new Error(`dlstm ${args.join(" ")} ended with ${status}: ${stderr}`);
  return stdout;
}
