import { execFile } from "node:child_process";
import { readFile, rm, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { afterEach, expect, test } from "vitest";
import { runInProcess } from "./runCli.ts";

const NAME = "made-by-the-spec-of-new-runs";
const TWIN = `${NAME}-twin`;
const specOf = (name: string) => `specs/failure-modes/${name}.spec.ts`;
const configOf = (name: string) => `fixtures/failure-modes/${name}.json`;
const SPEC = specOf(NAME);

afterEach(async () => {
  for (const name of [NAME, TWIN])
    for (const file of [specOf(name), configOf(name)]) await rm(resolve(file), { force: true });
});

interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

/** Its exit code and its report. */
function runVitest(...specs: string[]): Promise<{ code: number; report: Report }> {
  return new Promise((done) => {
    const args = [
      resolve("node_modules/vitest/vitest.mjs"),
      "run",
      ...specs,
      "--maxWorkers=1",
      "--reporter=json",
    ];
    execFile(process.execPath, args, { env: { ...process.env, VITEST: "" } }, (error, stdout) => {
      done({ code: error ? Number(error.code) : 0, report: JSON.parse(stdout) });
    });
  });
}

// By vitest as a person starts it: a wrong import shows only there.
test("new writes a failure mode that passes in a clone as it stands, and fails where its config is healthy: the twin", async () => {
  for (const name of [NAME, TWIN]) await runInProcess(["new", "failure-mode", name], ".");
  const config = JSON.parse(await readFile(configOf(TWIN), "utf8"));
  const model = { ...config.model, kernelInitializer: "glorotUniform" };
  await writeFile(configOf(TWIN), JSON.stringify({ ...config, model }));

  const { code, report } = await runVitest(SPEC, specOf(TWIN));

  const [own, twin] = [SPEC, specOf(TWIN)].map((spec) =>
    report.testResults.find(({ name }) => name.endsWith(spec)),
  );
  expect(own?.assertionResults.map(({ status }) => status)).toEqual(["passed", "passed", "passed"]);
  expect(twin?.assertionResults.map(({ status }) => status)).toEqual(["failed", "failed", "passed"]);
  expect(code).toBe(1);
});
