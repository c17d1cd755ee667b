import { defineConfig } from "vitest/config";

/** Specs that take too long for every change: docs/speed.md lists what they hold. */
export default defineConfig({
  test: {
    include: ["specs/**/*.nightly.ts"],
    setupFiles: ["specs/setup.ts"],
    testTimeout: 600_000,
    hookTimeout: 600_000,
    pool: "forks",
    maxWorkers: 2,
  },
});
