import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { commands } from "../../src/cli/commands.ts";
import { type Known, markdownFaults } from "./markdownFaults.ts";

const inFolder = async (folder: string, recursive = true) =>
  (await readdir(folder, { recursive }))
    .filter((name) => name.endsWith(".md"))
    .map((name) => join(folder, name));

const pages = [...(await inFolder(".", false)), ...(await inFolder("docs")), ...(await inFolder("examples"))];

const known: Known = {
  scripts: Object.keys(JSON.parse(await readFile("package.json", "utf8")).scripts),
  commands: commands.map(({ usage }) => usage.split(" ")[0] as string),
};

test.each(pages)("%s names files, scripts and commands that are there", async (page) => {
  expect(markdownFaults(page, await readFile(page, "utf8"), known)).toEqual([]);
});

test("a page that names what is gone is found out", () => {
  const text =
    "[a](gone.md) and [b](README.md#part), `src/gone.ts`, `src/index.ts`, npm run gone, npm run lint, npx learnproof gone, npx learnproof check";

  expect(markdownFaults("README.md", text, known)).toEqual([
    "link gone.md",
    "path src/gone.ts",
    "script gone",
    "command gone",
  ]);
});

describe("CONTRIBUTING.md", async () => {
  const text = await readFile("CONTRIBUTING.md", "utf8");

  test.each([
    [
      "law",
      "predictionsVary",
      ["src/judging/law/laws.ts", "specs/claims/brokenSubjects.ts", "src/report/explain/laws.ts"],
    ],
    [
      "cause",
      "missing-bias",
      [
        "src/report/explain/causes/network.ts",
        "specs/failure-modes/network.spec.ts",
        "src/lab/calibration/mutations.ts",
      ],
    ],
    ["kind of subject", "dense", ["src/learning/config/kinds/kinds.ts", "src/learning/config/schema.ts"]],
    ["engine", "cpu", ["src/learning/engine/engineName.ts", "src/learning/engine/engines.ts"]],
  ])("walks through adding a %s by files in which %s is", async (kind, example, files) => {
    const heading = new RegExp(`^## Add an? ${kind}\\n[^]*?(?=\\n## |$(?![^]))`, "m");
    const section = heading.exec(text)?.[0] ?? "";

    expect(section).toContain(`\`${example}\``);
    for (const file of files) {
      expect(section).toContain(`(${file})`);
      expect(await readFile(file, "utf8")).toContain(example);
    }
  });
});
