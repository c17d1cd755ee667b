// The harness as a project of somebody else sees it: failing specs written to disk, run by the real vitest.

import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { builtPackage } from "../builtPackage.ts";
import { runInProcess } from "../cli/runCli.ts";

const dist = join(builtPackage(), "dist");

const SPEC = `
import { expect, test } from "vitest";
import fc from "fast-check";
import { parseConfig } from "${dist}/learning/config/parseConfig.js";
import { failureMode, forEveryConfig } from "${dist}/vitest/index.js";

const collapse = (hidden, seed) => parseConfig({
  subject: "dense", seed,
  model: { hidden: [{ units: hidden, activation: "relu" }], kernelInitializer: "zeros" },
  data: { examples: 50, heldOut: 0 }, training: { steps: 30 },
});
const configs = fc.integer({ min: 1, max: 4 }).map((hidden) => collapse(hidden, 7));

test("every config learns", () => forEveryConfig(configs, (config) => expect(config).toLearn(), { seed: 5, folder: process.env.CAPSULES }));
test("every config is trained: the twin that passes", () => forEveryConfig(configs, (config) => expect(config).not.toLearn(), { numRuns: 3, folder: process.env.CAPSULES }));
failureMode("named wrongly", { config: collapse(4, 7), verdict: "collapsed", cause: "dead-relu-units", cure: null });
failureMode("cured by nothing", { config: collapse(4, 7), verdict: "collapsed", cause: "symmetric-initialisation", cure: { seed: 8 } });
`;

interface Report {
  readonly success: boolean;
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

let folder: string;
let exitCode: number;
let report: Report;

beforeAll(async () => {
  // Inside the project: vitest serves no file from elsewhere.
  folder = await mkdtemp(resolve("specs/vitest/outside-"));
  await writeFile(join(folder, "outside.test.ts"), SPEC);
  await writeFile(join(folder, "vitest.config.mjs"), "export default { test: { testTimeout: 60_000 } };");
  const args = ["node_modules/vitest/vitest.mjs", "run", "--root", folder, "--reporter=json"];
  const { stdout, code } = await new Promise<{ stdout: string; code: number }>((done) => {
    execFile(
      process.execPath,
      args,
      { env: { ...process.env, CAPSULES: join(folder, "kept"), VITEST: "" }, maxBuffer: 1e8 },
      (error, output) => done({ stdout: output, code: error ? Number(error.code) : 0 }),
    );
  });
  exitCode = code;
  report = JSON.parse(stdout.slice(stdout.indexOf("{")));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

function resultOf(name: string) {
  const found = report.testResults[0]?.assertionResults.find(({ fullName }) => fullName.includes(name));
  if (!found) throw new Error(`expected a result named ${name}`);
  return found;
}

describe("a failing spec, run by vitest from outside", () => {
  test("fails the run", () => {
    expect(exitCode).toBe(1);
    expect(report.success).toBe(false);
  });

  test("is said to fail with the claim, the seed and path of the draw, and one line that replays it", async () => {
    const { status, failureMessages } = resultOf("every config learns");
    const message = failureMessages.join("\n");

    expect(status).toBe("failed");
    expect(message).toContain("to learn; got");
    expect(message).toMatch(/found after 1 and shrunk \d+ times \(seed 5, path "/);

    const [capsule, ...others] = await readdir(join(folder, "kept"));
    expect(others).toEqual([]);
    expect(message).toContain(`Replay: npx learnproof replay`);
    expect(message).toContain(capsule);
  });

  test("leaves a capsule that replays bit for bit, of the smallest network that still fails", async () => {
    const [capsule] = await readdir(join(folder, "kept"));
    const { config } = JSON.parse(await readFile(join(folder, "kept", capsule as string), "utf8"));

    const { stdout, code } = await runInProcess(
      ["replay", join("kept", capsule as string), "--json"],
      folder,
    );

    expect(config.model.hidden).toMatchObject([{ units: 1 }]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ same: true, cause: expect.any(String) });
  });

  test("names the cause found where another was expected", () => {
    expect(resultOf("named wrongly is caused by").failureMessages.join()).toContain(
      "to have the cause dead-relu-units; got symmetric-initialisation",
    );
  });

  test("says that a cure cures nothing", () => {
    expect(resultOf("cured by nothing is cured").failureMessages.join()).toContain("to learn; got");
  });

  test("passes where the claim holds: the twin", () => {
    expect(resultOf("every config is trained").status).toBe("passed");
    expect(resultOf("named wrongly is collapsed").status).toBe("passed");
  });
});
