/** Below every floor: as much of WebAssembly as is used here. Neither the language's library nor Node's types have it. */

export interface Memory {
  readonly buffer: ArrayBuffer;
}

declare global {
  const WebAssembly: {
    readonly Memory: new (pages: { readonly initial: number; readonly maximum: number }) => Memory;
    readonly Module: new (bytes: Uint8Array) => object;
    readonly Instance: new (
      module: object,
      imports: { readonly env: { readonly memory: Memory; readonly [name: string]: unknown } },
    ) => { readonly exports: unknown };
  };
}
