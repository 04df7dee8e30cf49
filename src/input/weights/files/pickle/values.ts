/** What a pickle's opcodes make here: records that say what stands in the file, and do nothing. */

/** A name of Python, `torch._utils _rebuild_tensor_v2`: a pair of texts that is never looked up. */
export class Global {
  readonly module: string;
  readonly name: string;

  constructor(module: string, name: string) {
    this.module = module;
    this.name = name;
  }

  /** `torch._utils._rebuild_tensor_v2` */
  get path(): string {
    return `${this.module}.${this.name}`;
  }
}

/** What Python would make by calling something: what it would call, with what, and what it would then put into it. */
export class Made {
  readonly callable: unknown;
  readonly args: unknown;
  /** What BUILD gives: as a rule the attributes. */
  state: unknown = null;
  /** As a list has them. */
  readonly items: unknown[] = [];
  /** As a dictionary has them. */
  readonly entries = new Map<unknown, unknown>();

  constructor(callable: unknown, args: unknown) {
    this.callable = callable;
    this.args = args;
  }

  /** The path of the name that it is made by; empty where that is no name. */
  get path(): string {
    return this.callable instanceof Global ? this.callable.path : "";
  }
}

/** What stands outside the pickle, told by what the writer calls it: a tuple in torch.save. */
export class Persistent {
  readonly id: unknown;

  constructor(id: unknown) {
    this.id = id;
  }
}

/** Bytes, or a text too long for a name, where they stand in the file. */
export class Extent {
  readonly start: number;
  readonly length: number;

  constructor(start: number, length: number) {
    this.start = start;
    this.length = length;
  }
}
