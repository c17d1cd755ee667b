// Captures what scripts ask of their model behind fit, with the Python that LEARNPROOF_PYTHON names, and judges it.

import { existsSync, mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { readWhat } from "../../../src/judging/check/what/kinds.ts";
import { remedyOf } from "../../../src/judging/evidence/asked/askedFault.ts";
import { findAskedFaults } from "../../../src/judging/evidence/asked/findAskedFaults.ts";
import { parseConfig } from "../../../src/learning/config/parseConfig.ts";
import type { OwnConfig } from "../../../src/learning/config/schema.ts";
import { readCaptured } from "../../../src/learning/keras/program/readCaptured.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import { train } from "../../../src/learning/training/train.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";
import { askedAloneScripts } from "./askedAloneScripts.ts";
import { askedScripts, captureFails } from "./askedScripts.ts";
import { captureScripts, isWithoutKeras, whySkipped } from "./captureScripts.ts";

const folder = mkdtempSync(join(tmpdir(), "learnproof-asked-"));
const MINUTE = 60_000;
const cases = Object.entries({ ...askedScripts, ...askedAloneScripts });

describe.skipIf(isWithoutKeras)(`what scripts do behind fit${whySkipped}`, () => {
  beforeAll(async () => {
    await startEngineUnderTest();
    const scripts = Object.fromEntries(cases.map(([name, { script }]) => [name, script]));
    captureScripts(folder, { ...scripts, captureFails });
  }, 8 * MINUTE);

  it.each(cases)("is captured: %s", (name, { asks }) => {
    const { asked = [] } = readCaptured(join(folder, name)).arrays;
    expect(asked.map(({ call, rows }) => [call, rows])).toEqual(asks);
    for (const { place } of asked) expect(place?.file).toBe(`${name}.py`);
  });

  it.each(cases)(
    "is judged: %s",
    async (name, { faults }) => {
      const { config } = await readWhat(join(folder, name));
      const subject = await createSubject(config as OwnConfig);
      const run = await train(subject, { probes: false });
      const found = findAskedFaults(subject, run, true);
      expect(found.map(({ kind }) => kind)).toEqual(faults);
      // The config that undoes the fault is found by the fault itself.
      const remedy = remedyOf(found);
      if (remedy === null) return;
      const prepareAsked = remedy["data.prepareAsked"];
      const repaired = parseConfig({ ...config, data: { ...config?.data, prepareAsked } });
      const cured = await createSubject(repaired);
      expect(findAskedFaults(cured, await train(cured, { probes: false }), true)).toEqual([]);
    },
    2 * MINUTE,
  );

  it.each(Object.entries(askedAloneScripts))("finds the targets: %s", (name, { targets }) => {
    const [first] = readCaptured(join(folder, name)).arrays.asked ?? [];
    expect(first?.targets ?? null).toBe(targets);
    expect(first?.y.length ?? 0).toBe(targets === null ? 0 : 1);
  });

  it("tells where answers, whole or rounded, are asked to equal the labels", () => {
    const equatedIn = (name: string) => readCaptured(join(folder, name)).arrays.asked?.[0]?.equated?.text;
    expect(equatedIn("roundedAndClipped")).toContain("np.clip(np.round(");
    expect(equatedIn("scaledBackByHand")).toBeUndefined();
  });

  it("tells of a fault of its own, which costs the questions alone", () => {
    const faultsIn = (name: string) =>
      readCaptured(join(folder, name)).notes.filter((note) => note.includes("by a fault of learnproof"));

    expect(faultsIn("captureFails")).toHaveLength(1);
    expect(faultsIn("captureFails")[0]).toMatch(
      /ZeroDivisionError: division by zero, in captureFails\.py:\d+/,
    );
    expect(faultsIn("savedAndLoaded")).toEqual([]);
  });

  it("leaves no trace on the disk", () => {
    expect(existsSync(join(folder, "savedAndLoaded", "asked.json"))).toBe(true);
    const left = readdirSync(folder).filter((name) => /written|made|net\./.test(name));
    expect(left).toEqual([]);
  });
});
