import { defineConfig } from "vitest/config";

/** These compare our kernels with the stock ones, so each file wants a process without the other's. */
const KERNELS = "specs/learning/engine/**/*";
/** These use the package as npm packs it, which is built before the first of them. */
const PACKAGE = "specs/package/**/*";

/** What every change must keep, on the npm packages alone: `npm test`. */
const SPEC = ".spec.ts";
/** What starts other programs, or trains for long. CI runs it for each commit: `npm run test:commit`. */
const COMMIT = ".commit.ts";

/**
 * Time limits end what hangs. None is near what a test takes: the machine may have other work, and a test that ends at its
 * limit says nothing of the code.
 */
const LIMIT_MS = 300_000;
/** The limit for programs of their own, each of which loads TensorFlow.js, and for long trainings. */
const LONG_MS = 600_000;
const LONG = { testTimeout: LONG_MS, hookTimeout: LONG_MS };

/** Their Python, which loads Keras once for all of them. */
const LOADED_PYTHON = "specs/learning/keras/loaded/setup.ts";

const kernels = (name: string, kind: string) => ({ name, include: [`${KERNELS}${kind}`] });

// Workers that keep their modules from file to file: loading TensorFlow.js anew costs more than most specs.
const harness = (name: string, kind: string) => ({
  name,
  include: [`specs/**/*${kind}`],
  exclude: [KERNELS, PACKAGE],
  isolate: false,
});

export default defineConfig({
  test: {
    setupFiles: ["specs/setup.ts"],
    testTimeout: LIMIT_MS,
    hookTimeout: LIMIT_MS,
    pool: "forks",
    // Training makes many small objects that die at once: with more room for new ones, fewer are copied.
    execArgv: ["--max-semi-space-size=64"],
    // Both cores of a small machine.
    maxWorkers: 2,
    projects: [
      { extends: true, test: kernels("engine", SPEC) },
      { extends: true, test: harness("harness", SPEC) },
      { extends: true, test: { ...kernels("commit-engine", COMMIT), ...LONG } },
      { extends: true, test: { ...harness("commit", COMMIT), globalSetup: LOADED_PYTHON, ...LONG } },
      {
        extends: true,
        test: {
          name: "package",
          include: [`${PACKAGE}${SPEC}`],
          globalSetup: "specs/package/setup.ts",
          ...LONG,
        },
      },
    ],
  },
});
