// What a command writes may not be what it reads, by whatever name.

import { link, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { tinyConfig } from "../keeping/gate/tinyConfig.ts";
import { runInProcess } from "./runCli.ts";

let folder: string;
const table = {
  subject: "table",
  data: { file: "t.csv", targets: ["y"] },
  training: { steps: 2 },
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "learnproof-outputs-"));
  const at = (name: string) => join(folder, name);
  await mkdir(at("linked/wasm"), { recursive: true });
  await writeFile(at("c.json"), JSON.stringify(tinyConfig()));
  await writeFile(at("linked/wasm/w.json"), JSON.stringify(tinyConfig()));
  await writeFile(at("t.csv"), `x,y\n${Array.from({ length: 20 }, (_, i) => `${i},${i % 7}`).join("\n")}\n`);
  await writeFile(at("t.json"), JSON.stringify(table));
  await writeFile(at("learnproof.config.mjs"), "export {};");
  await symlink(at("c.json"), at("soft.html"));
  await link(at("t.csv"), at("hard.html"));
});
afterAll(() => rm(folder, { recursive: true }));

async function contents(): Promise<Record<string, string>> {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) =>
    entry.isFile(),
  );
  const texts = files.map(async ({ parentPath, name }) => [
    join(parentPath, name),
    await readFile(join(parentPath, name), "utf8"),
  ]);
  return Object.fromEntries(await Promise.all(texts));
}

describe("an output that is an input", () => {
  test.each([
    ["--report", ["check", "c.json", "--report", "c.json"]],
    ["--report", ["check", "c.json", "--report", "linked/../c.json"]],
    ["--report", ["check", "c.json", "--report", "soft.html"]],
    ["--report", ["check", "t.json", "--report", "hard.html"]],
    ["--report", ["check", "c.json", "--report", "learnproof.config.mjs"]],
    ["--out", ["report", "c.json", "t.json", "--out", "t.csv"]],
    ["--out", ["report", "c.json", "t.json", "--out", "t.json"]],
    ["--report", ["gate", "t.json", "--update", "--report", "t.csv"]],
    ["linked/wasm/w.json", ["gate", "linked/wasm/w.json", "--update", "--baselines", "linked"]],
  ])("is refused before work begins: %s in %j", async (option, args) => {
    const before = await contents();

    const { code, stdout } = await runInProcess([...args, "--engine", "wasm", "--json"], folder);

    expect(code).toBe(2);
    expect(JSON.parse(stdout).error).toMatchObject({ field: option });
    expect(await contents()).toEqual(before);
  });

  test("and one that only lies beside them is written", async () => {
    await writeFile(join(folder, "old.html"), "old");

    const { code } = await runInProcess(
      ["report", "c.json", "--engine", "wasm", "--out", "old.html"],
      folder,
    );

    expect(code).toBe(0);
    expect(await readFile(join(folder, "old.html"), "utf8")).toContain("<!doctype html>");
  });
});
