import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";

interface FileResult {
  readonly status: string;
  readonly message: string;
  readonly assertionResults: readonly { title: string; status: string; failureMessages: string[] }[];
}

const VITEST = resolve("node_modules/vitest/vitest.mjs");

/** Runs the specs of fixtures/setup whose names hold `filter` as a process of their own. */
function runFixtures(filter: string, environment: object): Promise<{ code: number; output: string }> {
  return new Promise((done) => {
    const { LEARNPROOF_SEED, LEARNPROOF_RUNS, ...inherited } = process.env;
    execFile(
      process.execPath,
      [VITEST, "run", filter, "--config", "fixtures/setup/vitest.config.ts", "--reporter=json"],
      { env: { ...inherited, ...environment } },
      (error, stdout, stderr) => done({ code: Number(error?.code ?? 0), output: stdout || stderr }),
    );
  });
}

function fileResults(output: string): Record<string, FileResult> {
  const { testResults } = JSON.parse(output) as { testResults: (FileResult & { name: string })[] };
  return Object.fromEntries(testResults.map((result) => [result.name.split("/").at(-1), result]));
}

describe("the setup of specs", () => {
  test("fails a file that leaves tensors behind, and gives properties the seed and the runs asked for", async () => {
    const { code, output } = await runFixtures("", { LEARNPROOF_SEED: "7", LEARNPROOF_RUNS: "3" });

    const results = fileResults(output);
    expect(code).toBe(1);
    expect(results["leak.spec.ts"]).toMatchObject({ status: "failed" });
    expect(JSON.stringify(results["leak.spec.ts"])).toContain(
      "must end with the tensors it began with, 0, got 1",
    );
    expect(results["tidy.spec.ts"]).toMatchObject({ status: "passed" });
    expect(results["property.spec.ts"]).toMatchObject({
      status: "passed",
      assertionResults: [{ title: "fails at its fourth call (with seed=7)" }],
    });
  });

  test("fixes the sample without a variable, and refuses a variable that is no number", async () => {
    const [plain, mistyped] = await Promise.all([
      runFixtures("property", { LEARNPROOF_SEED: "" }),
      runFixtures("property", { LEARNPROOF_RUNS: "1e3x" }),
    ]);

    expect(fileResults(plain.output)["property.spec.ts"]).toMatchObject({
      status: "failed",
      assertionResults: [{ title: "fails at its fourth call (with seed=1)" }],
    });
    expect(mistyped.code).toBe(1);
    expect(mistyped.output).toContain(
      "LEARNPROOF_RUNS must be a whole number from 1 to 2147483647, got 1e3x",
    );
  });
});
