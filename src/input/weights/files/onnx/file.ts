import { failure } from "../../../../errors.ts";
import { excerpt } from "../../../excerpt.ts";
import type { ByteSource } from "../../tensor.ts";
import { besideOf } from "../beside.ts";
import { Window } from "../window.ts";
import { ProtobufReader } from "./protobuf.ts";

/** A model's file, and those beside it that hold data of its tensors. */
export class OnnxFile {
  readonly protobuf: ProtobufReader;
  readonly #source: ByteSource;
  readonly #others = new Map<string, Window>();

  constructor(source: ByteSource) {
    this.#source = source;
    this.protobuf = new ProtobufReader(new Window(source));
  }

  get window(): Window {
    return this.protobuf.window;
  }

  /**
   * The file of a name that a tensor has, opened when it is first asked for.
   * @throws {DlstmError} unsupported, where it may be no such name; what the opener throws.
   */
  dataIn(location: string): Window {
    const known = this.#others.get(location);
    if (known !== undefined) return known;
    if (this.#source.file.replace(/^.*[\\/]/s, "") === location) {
      const message = "the model itself, expected another file beside it";
      throw failure("unsupported", message, { place: excerpt(location) });
    }
    const window = new Window(besideOf(this.#source, location));
    this.#others.set(location, window);
    return window;
  }
}
