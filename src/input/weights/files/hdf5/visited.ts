import { damaged } from "./damaged.ts";

/** As deep as trees and groups may nest; far above any that are written. */
const DEEPEST = 64;

/** The nodes of a file that have been read, by their addresses: each belongs to one place, and is read once. */
export class VisitedNodes {
  readonly #addresses: Set<number>;
  readonly #depth: number;

  constructor(addresses = new Set<number>(), depth = 0) {
    this.#addresses = addresses;
    this.#depth = depth;
  }

  /** @throws {DlstmError} syntax, where the node has been read before: the tree runs in a circle. */
  enter(address: number): void {
    if (!this.tryEnter(address)) throw damaged(`the node at address ${address} stands in two places`);
  }

  /** Whether the node has not been read before. */
  tryEnter(address: number): boolean {
    if (this.#addresses.has(address)) return false;
    this.#addresses.add(address);
    return true;
  }

  /** The same, one level deeper. @throws {DlstmError} syntax, where that is too deep. */
  below(): VisitedNodes {
    if (this.#depth === DEEPEST) throw damaged(`its nodes are more than ${DEEPEST} deep`);
    return new VisitedNodes(this.#addresses, this.#depth + 1);
  }
}
