declare module "jasmine-core/lib/jasmine-core/jasmine.js" {
  interface SpecResult {
    readonly fullName: string;
    readonly status: string;
    readonly failedExpectations: readonly { readonly message: string }[];
  }

  interface Env {
    configure(options: { random: boolean }): void;
    addReporter(reporter: { specDone(result: SpecResult): void }): void;
    execute(): Promise<unknown>;
  }

  interface Jasmine {
    getEnv(): Env;
  }

  const jasmineRequire: {
    core(required: unknown): Jasmine;
    interface(jasmine: Jasmine, env: Env): object;
  };
  export default jasmineRequire;
}
