import { build } from "esbuild";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  anyConfig,
  collapsingConfig,
  healthyConfig,
  healthyDenseConfig,
} from "../../../src/lab/arbitrary/arbitraries.ts";
import { parseConfig } from "../../../src/learning/config/parseConfig.ts";

/** The packages that a module of ours loads, its own modules' among them. */
async function packagesOf(entry: string): Promise<readonly string[]> {
  const { metafile } = await build({
    entryPoints: [entry],
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    write: false,
    metafile: true,
    logLevel: "silent",
  });
  const imports = Object.values(metafile.inputs).flatMap(({ imports }) => imports);
  return imports.filter(({ external }) => external).map(({ path }) => path);
}

describe("learnproof/arbitrary", () => {
  test("needs fast-check and no test runner", async () => {
    const packages = await packagesOf("src/lab/arbitrary/arbitraries.ts");

    expect(packages).toContain("fast-check");
    expect(packages).not.toContain("vitest");
  });

  test("is not what learnproof/vitest is: the twin", async () => {
    expect(await packagesOf("src/vitest/index.ts")).toContain("vitest");
  });

  test.each<[string, fc.Arbitrary<unknown>]>([
    ["anyConfig", anyConfig()],
    ["collapsingConfig", collapsingConfig()],
    ["healthyConfig", healthyConfig()],
    ["healthyDenseConfig", healthyDenseConfig()],
  ])("draws configs that are whole and accepted: %s", (_name, configs) => {
    const property = fc.property(configs, (config) => {
      expect(parseConfig(config)).toEqual(config);
    });
    fc.assert(property, { numRuns: 30 });
  });
});
