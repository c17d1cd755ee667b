import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { failureMode } from "../../src/vitest/index.ts";
import { runInProcess } from "./runCli.ts";

const NAME = "made-by-the-spec-of-new";
const SPEC = `specs/failure-modes/${NAME}.spec.ts`;
const CONFIG = `fixtures/failure-modes/${NAME}.json`;

afterEach(async () => {
  for (const file of [SPEC, CONFIG]) await rm(resolve(file), { force: true });
});

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
