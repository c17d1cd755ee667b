// Baselines of engines that do not repeat bits. Where a workflow says that WebGPU is here, on a GPU that is one, it is asked;
// elsewhere the CPU engine stands in: other digests than wasm's, and the same rules. A GPU in software takes an hour.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type NamedBaseline, USUAL_FLOOR } from "../../../src/keeping/gate/baseline.ts";
import { FALSE_ALARMS } from "../../../src/keeping/gate/comparing/plan.ts";
import { gateSubject } from "../../../src/keeping/gate/gate.ts";
import { proposeBaseline } from "../../../src/keeping/gate/newBaseline.ts";
import { parseConfig } from "../../../src/learning/config/parseConfig.ts";
import { engines } from "../../../src/learning/engine/engines.ts";
import { type Engine, startEngine } from "../../../src/learning/engine/startEngine.ts";
import { required, whyNoWebgpu } from "../../gpu/whyNoGpu.ts";
import { tinyConfig } from "./tinyConfig.ts";

const hasWebGpu = required.includes("webgpu") && (await whyNoWebgpu()) === null;
const GPU = hasWebGpu && !engines.webgpu.isImitated?.() ? "webgpu" : "cpu";

const asked = { falseAlarms: FALSE_ALARMS, subjects: 1 };

describe(`a baseline of ${GPU}`, () => {
  let folder: string;
  let engine: Engine;
  let baseline: NamedBaseline;
  const subject = { name: "tiny", configFile: "tiny.json", config: parseConfig(tinyConfig()) };
  const options = () => ({ ...asked, engine, cache: join(folder, "cache"), all: false });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "learnproof-tolerance-"));
    const started = await startEngine({ name: GPU, environment: {} });
    engine = { ...started, bitExact: false };
    const terms = { reason: "first", acceptWorse: false, floor: USUAL_FLOOR, gateSeeds: 24, minutes: 60 };
    ({ baseline } = await proposeBaseline(subject, undefined, terms, options()));
  }, 600_000);
  afterAll(async () => {
    await startEngine({ name: "wasm", environment: {} });
    await rm(folder, { recursive: true });
  });

  test("measures some seeds twice for its own tolerance, and keeps no digests", () => {
    expect(baseline).toMatchObject({ engine: GPU });
    expect(baseline.tolerance).toBeGreaterThanOrEqual(1);
    expect(baseline.tolerance).toBeLessThan(1.25);
    expect(baseline.measurements.map(({ digest }) => digest)).toEqual(Array(48).fill(null));
  });

  test("holds for no change, and fails for a rate at which nothing is learnt", async () => {
    const spoilt = { ...subject, config: parseConfig(tinyConfig({ learningRate: 1e-5 })) };

    expect((await gateSubject(subject, baseline, options())).changes).toEqual([]);
    const { changes } = await gateSubject(spoilt, baseline, options());
    expect(changes[0]).toMatchObject({ regressed: true });
  }, 600_000);
});
