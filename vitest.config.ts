import { defineConfig } from "vitest/config";

/** These compare our kernels with the stock ones, so each file wants a process without the other's. */
const KERNELS = "specs/learning/engine/**/*.spec.ts";
/** These use the package as npm packs it, which is built before the first of them. */
const PACKAGE = "specs/package/**/*.spec.ts";

export default defineConfig({
  test: {
    setupFiles: ["specs/setup.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: "forks",
    // Both cores of a small machine.
    maxWorkers: 2,
    projects: [
      { extends: true, test: { name: "engine", include: [KERNELS] } },
      {
        extends: true,
        test: {
          name: "package",
          include: [PACKAGE],
          globalSetup: "specs/package/setup.ts",
          // Programs of their own, one after another, each of which loads TensorFlow.js.
          testTimeout: 240_000,
        },
      },
      // Workers that keep their modules from file to file: loading TensorFlow.js anew costs more than most specs.
      {
        extends: true,
        test: {
          name: "harness",
          include: ["specs/**/*.spec.ts"],
          exclude: [KERNELS, PACKAGE],
          isolate: false,
        },
      },
    ],
  },
});
