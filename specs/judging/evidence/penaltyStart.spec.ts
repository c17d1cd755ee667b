// What layers add to the loss for what they answer exists in a pass of training alone; a fresh model shows its share.

import { beforeAll, describe, expect, test } from "vitest";
import { diagnose } from "../../../src/judging/diagnosis/diagnose.ts";
import { contractOf } from "../../../src/judging/evidence/contract/contract.ts";
import { fairThresholds } from "../../../src/judging/outcome/fairThresholds.ts";
import { judge } from "../../../src/judging/outcome/verdict.ts";
import { changeConfig } from "../../../src/learning/config/changeConfig.ts";
import type { Config } from "../../../src/learning/config/schema.ts";
import { startEngine } from "../../../src/learning/engine/startEngine.ts";
import { asText } from "../../../src/learning/keras/traced/tracedText.ts";
import { defineProgram } from "../../../src/learning/keras/translate/defineProgram.ts";
import { isVariational } from "../../../src/learning/keras/translate/isVariational.ts";
import { translateProgram } from "../../../src/learning/keras/translate/translateProgram.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import { train } from "../../../src/learning/training/train.ts";
import { dense, layer, sequentialProgram } from "../../learning/keras/translate/programs.ts";

beforeAll(() => startEngine());

const x = { shape: [64, 3], values: Float32Array.from({ length: 192 }, (_, at) => Math.sin(at * 1.7)) };

/** An autoencoder whose hidden layer pays for what it answers. */
function autoencoder(l2: number, start = 1): Config {
  const small = { class_name: "RandomNormal", config: { mean: 0, stddev: start, seed: 3 } };
  const layers = [
    dense("code", 3, start < 1 ? { kernel_initializer: small } : {}),
    layer("ActivityRegularization", "price", { l2 }),
    dense("head", 3),
  ];
  const compile = { loss: "mse", optimizer: { class_name: "Adam", config: { learning_rate: 0.02 } } };
  const program = translateProgram(sequentialProgram(layers, { compile, fit: { epochs: 60 } }));
  return defineProgram(
    program,
    { x: [x], y: [x] },
    { name: `price-${l2}-${start}`.replaceAll(".", "-") },
  ).config();
}

const priceOf = async (config: Config) => (await contractOf(await createSubject(config))).penalty;

describe("a penalty of what a layer answers", () => {
  test("is most of the loss before training where it wins, and is named", async () => {
    const config = autoencoder(50);
    const subject = await createSubject(config);
    const run = await train(subject);
    const verdict = judge(run, fairThresholds(subject, config.thresholds));
    const findings = await diagnose(subject, run, { thresholds: config.thresholds, verdict });

    expect(await priceOf(config)).toBeGreaterThan(0.9);
    expect(verdict).not.toBe("learns");
    expect(findings.map(({ cause }) => cause)).toContain("too-much-regularisation");
  });

  test("is suspected where it is next to nothing before training, and where the loss wins it is not", async () => {
    const named = async (config: Config) => {
      const subject = await createSubject(config);
      const run = await train(subject);
      const verdict = judge(run, fairThresholds(subject, config.thresholds));
      const findings = await diagnose(subject, run, { thresholds: config.thresholds, verdict });
      return findings.find(({ cause }) => cause === "too-much-regularisation")?.evidence;
    };

    expect(await priceOf(autoencoder(50, 1e-3))).toBeLessThan(0.01);
    expect(await named(autoencoder(50, 1e-3))).toContain("may cost them more");
    expect(await named(autoencoder(1e-4, 1e-3))).toBeUndefined();
  });

  test("is little where the loss wins: the twin", async () => {
    const config = autoencoder(1e-4);
    const subject = await createSubject(config);

    expect(await priceOf(config)).toBeLessThan(0.01);
    expect(judge(await train(subject), config.thresholds)).toBe("learns");
  });

  test("is weighed by a config", async () => {
    const config = autoencoder(50);
    const cheaper = changeConfig(config, { "rework.penalty": 1e-6 })?.config as Config;

    expect(await priceOf(cheaper)).toBeLessThan(0.01);
  });
});

describe("a variational model", () => {
  const traced = (op: string, has_penalty: boolean) => ({
    class_name: "TracedLayer",
    config: {
      traced: asText({
        weights: [],
        passes_mask: false,
        has_penalty,
        training: {
          inputs: [],
          outputs: [],
          shapes: [],
          updates: [],
          nodes: [{ name: "n0", op, inputs: [], attrs: {} }],
        },
      }),
    },
  });
  const model = (...layers: readonly object[]) => ({ class_name: "Functional", config: { layers } });

  test("draws and pays for it", () => {
    expect(isVariational(model(traced("RandomStandardNormal", false), traced("Exp", true)))).toBe(true);
  });

  test("is no model that draws alone, or pays alone: the twins", () => {
    expect(isVariational(model(traced("RandomStandardNormal", false)))).toBe(false);
    expect(isVariational(model(traced("Exp", true)))).toBe(false);
  });
});
