/** Options that several commands have alike: a page that holds all commands says them once. */
import type { Command, Help, Option } from "commander";
import type { ManualTerm } from "../../render/manual/roff.ts";

/** A flag as help has it, and how often. */
interface Variant extends ManualTerm {
  readonly name: string;
  readonly heading: string;
  count: number;
}

export class SharedOptions {
  readonly #helper: Help;
  /** Those of the program itself, which every command has. */
  readonly #ofProgram: ReadonlySet<string>;
  /** Of each flag what most commands have, where several have it. */
  readonly #shared = new Map<string, Variant>();

  constructor(program: Command, helper: Help) {
    this.#helper = helper;
    this.#ofProgram = new Set(helper.visibleOptions(program).map((option) => helper.optionTerm(option)));
    const variants = new Map<string, Variant>();
    for (const option of helper.visibleCommands(program).flatMap((command) => this.#optionsOf(command))) {
      const { term, description } = this.termOf(option);
      const key = `${term} ${description}`;
      const heading = option.helpGroupHeading ?? "Options:";
      const variant = variants.get(key) ?? { name: nameOf(option), term, description, heading, count: 0 };
      variant.count += 1;
      variants.set(key, variant);
    }
    for (const variant of variants.values()) {
      const known = this.#shared.get(variant.name)?.count ?? 1;
      if (variant.count > known) this.#shared.set(variant.name, variant);
    }
  }

  termOf(option: Option): ManualTerm {
    return { term: this.#helper.optionTerm(option), description: this.#helper.optionDescription(option) };
  }

  /** What a command says itself, and the names of what it shares. */
  split(command: Command): { readonly own: ManualTerm[]; readonly others: string[] } {
    const isShared = (option: Option) => {
      const { term, description } = this.termOf(option);
      const shared = this.#shared.get(nameOf(option));
      return shared?.term === term && shared.description === description;
    };
    const options = this.#optionsOf(command);
    return {
      own: options.filter((option) => !isShared(option)).map((option) => this.termOf(option)),
      others: options.filter(isShared).map(nameOf),
    };
  }

  /** What is shared, under the headings of help. */
  groups(): [heading: string, terms: readonly ManualTerm[]][] {
    return grouped([...this.#shared.values()], ({ heading }) => heading);
  }

  #optionsOf(command: Command): Option[] {
    return this.#helper
      .visibleOptions(command)
      .filter((option) => !this.#ofProgram.has(this.#helper.optionTerm(option)));
  }
}

/** `-o`, or the first of the long names. */
function nameOf(option: Option): string {
  return option.short ?? option.long ?? option.flags;
}

/** What has the same heading together, in order of appearance. */
export function grouped<T>(list: readonly T[], headingOf: (item: T) => string): [heading: string, items: T[]][] {
  const headings = [...new Set(list.map(headingOf))];
  return headings.map((heading) => [heading, list.filter((item) => headingOf(item) === heading)]);
}
