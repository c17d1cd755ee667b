import { defineConfig } from "vitest/config";

/** These compare our kernels with the stock ones, so each file wants a process without the other's. */
const KERNELS = "specs/learning/engine/**/*.spec.ts";

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
      // Workers that keep their modules from file to file: loading TensorFlow.js anew costs more than most specs.
      {
        extends: true,
        test: { name: "harness", include: ["specs/**/*.spec.ts"], exclude: [KERNELS], isolate: false },
      },
    ],
  },
});
