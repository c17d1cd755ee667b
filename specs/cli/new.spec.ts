import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { failureMode } from "../../src/vitest/index.ts";
import { runInProcess } from "./runCli.ts";

const NAME = "made-by-the-spec-of-new";
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

describe("new failure-mode", () => {
  test("writes a spec and a config, says how to run them, and overwrites neither", async () => {
    const first = await runInProcess(["new", "failure-mode", NAME], ".");
    const second = await runInProcess(["new", "failure-mode", NAME], ".");

    expect(first).toMatchObject({ code: 0 });
    expect(first.stdout).toContain(`npx vitest run ${SPEC}`);
    expect(await readFile(SPEC, "utf8")).toContain(`failureMode("made by the spec of new"`);
    expect(second.code).toBe(2);
    expect(second.stderr).toContain("must be new");
  });

  // By vitest as a person starts it: a wrong import shows only there.
  test("writes a spec that passes in a clone as it stands, and fails where its config is healthy: the twin", async () => {
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

  test.each([
    ["another package", { name: "houses" }, "learnproof"],
    ["a package without a name", {}, "learnproof"],
    ["a folder without a package", undefined, "learnproof"],
    ["a clone", { name: "learnproof" }, "../../src"],
  ])("imports in %s what is there", async (_, own, from) => {
    const folder = await mkdtemp(join(tmpdir(), "learnproof-new-"));
    if (own) await writeFile(join(folder, "package.json"), JSON.stringify(own));

    const { code } = await runInProcess(["new", "failure-mode", NAME], folder);

    const imports = (await readFile(join(folder, SPEC), "utf8")).matchAll(/ from "(.+)"/g);
    const isClone = from !== "learnproof";
    expect(code).toBe(0);
    expect([...imports].map(([, path]) => path).slice(1)).toEqual([
      isClone ? `${from}/index.ts` : from,
      isClone ? `${from}/vitest/index.ts` : `${from}/vitest`,
    ]);
    await rm(folder, { recursive: true });
  });

  test("writes nothing beside a package.json that is no JSON, and says so", async () => {
    const folder = await mkdtemp(join(tmpdir(), "learnproof-new-"));
    await writeFile(join(folder, "package.json"), "{");

    const { code, stderr } = await runInProcess(["new", "failure-mode", NAME], folder);

    expect(code).toBe(2);
    expect(stderr).toMatch(/^learnproof: package\.json: must be valid JSON/);
    expect(await readdir(folder)).toEqual(["package.json"]);
    await rm(folder, { recursive: true });
  });

  test("writes neither of the two where one cannot be written", async () => {
    const folder = await mkdtemp(join(tmpdir(), "learnproof-new-"));
    await writeFile(join(folder, "specs"), "no folder");

    const { code, stderr } = await runInProcess(["new", "failure-mode", NAME], folder);

    expect(code).toBe(2);
    expect(stderr).toMatch(/^learnproof: name: must name files that can be written; neither was/);
    expect(await readdir(join(folder, "fixtures/failure-modes"))).toEqual([]);
    await rm(folder, { recursive: true });
  });

  test.each([
    ["failure-mode", "../escape"],
    ["failure-mode", "Capital"],
    ["failure-mode", "a--b"],
    ["law", NAME],
  ])("refuses %s %s", async (kind, name) => {
    const { code, stderr } = await runInProcess(["new", kind, name], ".");

    expect(code).toBe(2);
    expect(stderr).toMatch(/^learnproof: (name|kind): must be/);
  });
});

// What the template holds, run as it stands.
failureMode("the failure mode that new writes", {
  config: {
    subject: "dense",
    seed: 1,
    model: { inputs: 2, hidden: [{ units: 16, activation: "relu" }], outputs: 1, kernelInitializer: "zeros" },
    data: { formula: ["x0 * x1 + 0.5 * x0"], inputRange: [-1, 1], examples: 200, heldOut: 100 },
    training: { optimizer: { name: "adam", learningRate: 0.01 }, batchSize: 32, steps: 400 },
  },
  verdict: "collapsed",
  cause: "symmetric-initialisation",
  cure: { model: { kernelInitializer: "glorotUniform" } },
});
