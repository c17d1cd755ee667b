declare module "jasmine-core/lib/jasmine-core/jasmine.js" {
  export interface Expectation {
    readonly message: string;
  }

  export interface SpecResult {
    readonly id: string;
    readonly fullName: string;
    readonly status: string;
    readonly failedExpectations: readonly Expectation[];
  }

  export interface SuiteResult {
    readonly fullName: string;
    readonly failedExpectations: readonly Expectation[];
  }

  export interface Reporter {
    specStarted(result: SpecResult): void;
    specDone(result: SpecResult): void;
    /** A set of tests, with what failed in its own beforeAll or afterAll. */
    suiteDone(result: SuiteResult): void;
    /** The whole, with what failed outside of every test. */
    jasmineDone(result: Omit<SuiteResult, "fullName">): void;
  }

  interface Options {
    readonly random: boolean;
    readonly autoCleanClosures: boolean;
    readonly specFilter: (spec: { readonly id: string }) => boolean;
  }

  export interface Env {
    configure(options: Partial<Options>): void;
    addReporter(reporter: Reporter): void;
    clearReporters(): void;
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
