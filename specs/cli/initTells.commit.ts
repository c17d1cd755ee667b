// What init says of a table whose run fails, which is cured; and what the libraries of engines print past Node.

import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { runCli, runInProcess } from "./runCli.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "learnproof-init-"));
});
afterEach(() => rm(folder, { recursive: true }));

test("init says of a table that does not learn as it stands what would cure it", async () => {
  await copyFile("fixtures/tables/houses.csv", join(folder, "houses.csv"));

  const { code, stdout } = await runInProcess(["init", "--yes", "--json"], folder);

  const { verdict, cure, written } = JSON.parse(stdout);
  expect({ code, verdict }).toEqual({ code: 1, verdict: "collapsed" });
  expect(cure).not.toBeNull();
  expect(written).toContain("learnproof.json");
});

// Dawn, where it is installed and finds no GPU, writes its warnings past Node to standard error.
test("doctor writes nothing to standard error, whatever the libraries of engines write there", async () => {
  const { code, stdout, stderr } = await runCli(["doctor"], folder);

  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toContain("Engine wasm starts: the default");
});
