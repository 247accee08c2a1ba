/** What is used of the runtime's WebAssembly: neither ECMAScript's types nor Node's tell of it. */
declare namespace WebAssembly {
  type Exports = Readonly<Record<string, ((...values: readonly number[]) => number) | Global | Memory>>;

  class Module {
    constructor(bytes: Uint8Array);
  }

  class Instance {
    constructor(module: Module);
    readonly exports: Exports;
  }

  class Global {
    value: number;
  }

  class Memory {
    readonly buffer: ArrayBufferLike;
  }
}
