import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readCapsule } from "../../../src/keeping/capsule/capsule.ts";
import "../../../src/vitest/index.ts";
import { engineUnderTest } from "../../engineUnderTest.ts";

const FOLDER = "fixtures/capsules";
const files = readdirSync(FOLDER).sort();

/** They were recorded on it, and are refused by any other engine. */
const onWasm = test.runIf(engineUnderTest === "wasm");

describe("the capsules of collapses", () => {
  test("hold at least ten of different causes", async () => {
    const capsules = await Promise.all(files.map((file) => readCapsule(join(FOLDER, file))));

    const collapses = capsules.filter(({ expected }) => expected.verdict === "collapsed");
    const causes = new Set(collapses.map(({ expected }) => expected.cause));
    causes.delete(null);
    expect(causes.size).toBeGreaterThanOrEqual(10);
  });

  // Recorded on another machine: the digests hold wherever these specs run.
  onWasm.each(files)("%s replays bit for bit", async (file) => {
    await expect(join(FOLDER, file)).toReplay();
  });

  onWasm("do not replay from another seed: the twin", async () => {
    const capsule = await readCapsule(join(FOLDER, "dead-relu-units-dense.json"));

    await expect({ ...capsule, config: { ...capsule.config, seed: 2 } }).not.toReplay();
  });
});
