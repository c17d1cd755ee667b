// The reporter as a project of somebody else uses it: specs written to disk, run by the real vitest.

import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { groupRecords } from "../../src/vitest/matcherRecord.ts";
import { builtPackage } from "../builtPackage.ts";

const dist = join(builtPackage(), "dist");

const SPEC = `
import { expect, test } from "vitest";
import "${dist}/vitest/index.js";

const line = {
  subject: "dense", model: { inputs: 2, hidden: [{ units: 8, activation: "relu" }] },
  data: { examples: 64, heldOut: 16, formula: ["x0 * x1"] },
  training: { steps: 300, optimizer: { name: "adam", learningRate: 0.01 } },
};
const zeros = { ...line, model: { ...line.model, kernelInitializer: "zeros" } };

test("a product is learnt", async () => {
  await expect(line).toLearn();
  await expect(line).toOverfit(2);
  await expect(line).not.toCollapse();
});
test("weights of <0> learn", () => expect(zeros).toLearn());
test("one is one", () => expect(1).toBe(1));
`;

const WITHOUT = `import { expect, test } from "vitest"; test("one is one", () => expect(1).toBe(1));`;

let folder: string;
let printed: string;
let page: string;

function runVitest(file: string): Promise<string> {
  const reporter = `--reporter=${join(dist, "vitest/reporter.js")}`;
  const args = ["node_modules/vitest/vitest.mjs", "run", "--root", folder, reporter, file];
  return new Promise((done) => {
    execFile(process.execPath, args, { env: { ...process.env, VITEST: "" } }, (_, stdout) => done(stdout));
  });
}

beforeAll(async () => {
  // Inside the project: vitest serves no file from elsewhere.
  folder = await mkdtemp(resolve("specs/vitest/reported-"));
  await writeFile(join(folder, "learning.test.ts"), SPEC);
  await writeFile(join(folder, "without.test.ts"), WITHOUT);
  await writeFile(join(folder, "vitest.config.mjs"), "export default { test: { testTimeout: 60_000 } };");
  printed = await runVitest("learning");
  page = await readFile(join(folder, "learnproof-vitest.html"), "utf8");
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe("the reporter", () => {
  test("prints where its page is", () => {
    expect(printed).toContain(`the runs of 2 tests are in ${join(folder, "learnproof-vitest.html")}`);
  });

  test("shows what fails first, with its cause and the run with the cure", () => {
    expect(page).toContain("<h1>1 of 2 tests fail</h1>");
    const [, first = "", second = ""] = page.split("<article");
    expect(first).toContain("weights of &lt;0&gt; learn");
    expect(first).toContain("✕ expected to learn; got collapsed");
    expect(first).toContain("symmetric initialisation:");
    expect(first).toContain("with the cure");
    expect(second).toContain("a product is learnt");
  });

  test("gathers the matchers that looked at one run", () => {
    const second = page.split("<article")[2] ?? "";

    expect(second).toContain("✓ expected to learn; got learns");
    expect(second).toContain("✓ expected to overfit 2 examples");
    expect(second).toContain("✓ expected not to collapse");
    expect(page.split("<article")).toHaveLength(3);
  });

  test("writes nothing where no matcher was used: the twin", async () => {
    await rm(join(folder, "learnproof-vitest.html"));

    expect(await runVitest("without")).not.toContain("learnproof:");
    expect(existsSync(join(folder, "learnproof-vitest.html"))).toBe(false);
  });
});

test("records of two runs in one test are two cards", () => {
  const run = {
    name: "a",
    seed: 1,
    steps: 1,
    verdict: "learns" as const,
    headline: "It learns",
    error: "none",
    digest: "d1",
    curve: [],
  };
  const record = { wanted: "to learn", got: "learns", holds: true, cause: null, cure: null, cured: null };
  const [group] = groupRecords([
    {
      file: "a.spec.ts",
      name: "both",
      records: [
        { ...record, run },
        { ...record, run: { ...run, seed: 2 } },
        { ...record, run },
      ],
    },
  ]);

  expect(group?.cards.map(({ lines }) => lines.length)).toEqual([2, 1]);
});
