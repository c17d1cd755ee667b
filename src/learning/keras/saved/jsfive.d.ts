// The library comes without types; these are the parts in use.

declare module "jsfive" {
  export class Group {
    readonly attrs: Readonly<Record<string, unknown>>;
    readonly keys: readonly string[];
    get(name: string): Group | Dataset;
  }
  export class File extends Group {
    constructor(bytes: ArrayBuffer, name: string);
  }
  export class Dataset {
    readonly attrs: Readonly<Record<string, unknown>>;
    readonly shape: readonly number[];
    readonly value: unknown;
  }
}
