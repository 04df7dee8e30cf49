/** The little of jsfive, which has no types of its own, that tests ask for. */
declare module "jsfive" {
  export class File {
    constructor(bytes: ArrayBufferLike, name: string);
    get(path: string): { readonly value: readonly number[]; readonly shape: readonly number[] };
  }
}
