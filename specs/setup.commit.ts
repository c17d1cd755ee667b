import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";

interface FileResult {
  readonly status: string;
  readonly message: string;
  readonly assertionResults: readonly { title: string; status: string; failureMessages: string[] }[];
}

const VITEST = resolve("node_modules/vitest/vitest.mjs");

let code: number;
let results: Readonly<Record<string, FileResult>>;

// One process runs every fixture, each with the variables that its project gives it.
beforeAll(async () => {
  const args = [VITEST, "run", "--config", "fixtures/setup/vitest.config.ts", "--reporter=json"];
  const output = await new Promise<string>((done) => {
    execFile(process.execPath, args, { env: { ...process.env, VITEST: "" } }, (error, stdout) => {
      code = Number(error?.code ?? 0);
      done(stdout);
    });
  });
  const { testResults } = JSON.parse(output) as { testResults: (FileResult & { name: string })[] };
  results = Object.fromEntries(testResults.map((result) => [result.name.split("/").at(-1), result]));
});

describe("the setup of specs", () => {
  test("fails a file that leaves tensors behind, and gives properties the seed and the runs asked for", () => {
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

  test("fixes the sample without a variable, and refuses a variable that is no number", () => {
    expect(results["plain.spec.ts"]).toMatchObject({
      status: "failed",
      assertionResults: [{ title: "fails at its fourth call (with seed=1)" }],
    });
    expect(JSON.stringify(results["mistyped.spec.ts"])).toContain(
      "LEARNPROOF_RUNS must be a whole number from 1 to 2147483647, got 1e3x",
    );
  });
});
