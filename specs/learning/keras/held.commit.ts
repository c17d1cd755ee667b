// Captures what scripts hold beside what they give to fit, with the Python that LEARNPROOF_PYTHON names, and trains on it.

import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { readWhat } from "../../../src/judging/check/what/kinds.ts";
import { trainChanged } from "../../../src/judging/diagnosis/cure/changedRun.ts";
import { takeMoreRows } from "../../../src/judging/diagnosis/cure/takeHeld.ts";
import { changeConfig } from "../../../src/learning/config/changeConfig.ts";
import type { OwnConfig } from "../../../src/learning/config/schema.ts";
import { readCaptured } from "../../../src/learning/keras/program/readCaptured.ts";
import { editsFor } from "../../../src/learning/keras/words/edits.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";
import { captureScripts, isWithoutKeras, whySkipped } from "./captureScripts.ts";
import { heldScripts } from "./heldScripts.ts";

const folder = mkdtempSync(join(tmpdir(), "learnproof-held-"));
const MINUTE = 60_000;
const cases = Object.entries(heldScripts);

describe.skipIf(isWithoutKeras)(`what scripts hold beside what they give to fit${whySkipped}`, () => {
  beforeAll(async () => {
    await startEngineUnderTest();
    captureScripts(folder, Object.fromEntries(cases.map(([name, { script }]) => [name, script])));
  }, 8 * MINUTE);

  it.each(cases)("is captured: %s", (name, { holds }) => {
    const { held = [] } = readCaptured(join(folder, name)).arrays;
    expect(held.map(({ of }) => of)).toEqual(holds);
  });

  it.each(cases.filter(([, { mends }]) => mends.length > 0))(
    "mends what fails without it: %s",
    async (name, { mends }) => {
      const config = (await readWhat(join(folder, name))).config as OwnConfig;
      const change = changeConfig(config, { "data.asHeld": mends });
      expect(change?.description).not.toContain("as the script holds them elsewhere");
      expect(await trainChanged(config, { bitExact: true })).toMatchObject({ cures: false });
      expect(await trainChanged(change?.config as OwnConfig, { bitExact: true })).toMatchObject({
        cures: true,
      });
    },
    2 * MINUTE,
  );

  it(
    "goes through all rows as often as through those of a slice, which the same epochs do",
    async () => {
      const what = await readWhat(join(folder, "sliceForATrial"));
      const config = what.config as OwnConfig;
      const [change, alone] = await takeMoreRows(config);
      const edits = (to: typeof change) =>
        editsFor(readCaptured(join(folder, "sliceForATrial")), config, to?.config as OwnConfig);

      expect(change?.values).toMatchObject({ "data.asHeld": [0], "training.steps": 480 });
      expect(alone?.values).toEqual({ "data.asHeld": [0] });
      expect(edits(change).map(({ argument }) => argument)).not.toContain("epochs");
      expect(await trainChanged(alone?.config as OwnConfig, { bitExact: true })).toMatchObject({
        cures: false,
      });
      expect(await trainChanged(change?.config as OwnConfig, { bitExact: true })).toMatchObject({
        cures: true,
      });
    },
    2 * MINUTE,
  );
});
