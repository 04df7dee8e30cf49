/** The pages of documentation, of which every command is tested. */
import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { ROOT } from "./run.ts";

export interface Page {
  /** From the project's folder. */
  readonly path: string;
  readonly text: string;
}

/** Every Markdown file of the project but what data brings along. */
export const PAGES: readonly Page[] = ["", "src", "test", ".github"]
  .flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: folder !== "", encoding: "utf8" })
      .map((name) => posix.join(folder, name.replaceAll("\\", "/")))
      .filter((path) => path.endsWith(".md")),
  )
  .map((path) => ({ path, text: readFileSync(join(ROOT, path), "utf8") }));

export function page(path: string): string {
  const found = PAGES.find((one) => one.path === path);
  if (found === undefined) throw new Error(`no page ${path}`);
  return found.text;
}

/** What is no block of code between fences. */
export function proseOf({ text }: Page): string {
  return text.replace(/^```.*?^```/gms, "");
}

export interface Example {
  readonly command: string;
  /** What is printed below it. */
  readonly output: string;
}

/** The commands of a page's ```console blocks. */
export function examplesOf({ text }: Page): Example[] {
  return [...text.matchAll(/^```console\n(.*?)^```/gms)].flatMap(([, block]) =>
    block!
      .split(/^\$ /m)
      .slice(1)
      .map((example) => {
        const [command, ...output] = example.split("\n");
        return { command: command!, output: output.join("\n").trimEnd() };
      }),
  );
}

/** The blocks of code of a language. */
export function blocksIn({ text }: Page, language: string): string[] {
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, "gm"))].map(([, block]) => block!);
}
