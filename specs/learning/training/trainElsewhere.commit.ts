import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, expect, test } from "vitest";
import { parseConfig } from "../../../src/learning/config/parseConfig.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import { train } from "../../../src/learning/training/train.ts";
import { builtPackage } from "../../builtPackage.ts";
import { engineUnderTest, startEngineUnderTest } from "../../engineUnderTest.ts";
import { everything } from "./smallNetworks.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

test.runIf(engineUnderTest === "wasm")("a run gives the same digest in another process, seed 1", async () => {
  const folder = await mkdtemp(join(tmpdir(), "learnproof-"));
  const file = join(folder, "config.json");
  await writeFile(file, JSON.stringify(everything));
  const here = await train(await createSubject(parseConfig(everything)));

  const command = [join(builtPackage(), "dist/cli/main.js"), "train", file, "--json", "--engine", "wasm"];
  const run = promisify(execFile)(process.execPath, command);
  const { stdout } = await run.catch((failure: { stdout: string }) => failure);

  expect(JSON.parse(stdout)).toMatchObject({ digest: here.digest, steps: 12 });
  await rm(folder, { recursive: true });
});
