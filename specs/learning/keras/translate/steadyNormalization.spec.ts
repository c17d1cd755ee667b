// A class of the script's own may always call batch normalisation with training=True, or with training=False.

import { beforeAll, expect, test } from "vitest";
import { contractOf } from "../../../../src/judging/evidence/contract/contract.ts";
import { strayWeights } from "../../../../src/judging/evidence/weights/strayWeights.ts";
import { changeConfig } from "../../../../src/learning/config/changeConfig.ts";
import { defineProgram } from "../../../../src/learning/keras/translate/defineProgram.ts";
import { translateProgram } from "../../../../src/learning/keras/translate/translateProgram.ts";
import { createSubject } from "../../../../src/learning/subject/createSubject.ts";
import { train } from "../../../../src/learning/training/train.ts";
import { startEngineUnderTest } from "../../../engineUnderTest.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

interface Asked {
  readonly always?: string;
  /** What the call says, as Keras 2 writes it. */
  readonly call?: object;
  readonly version?: string;
  /** Whether the layer stands in a model within the model. */
  readonly nested?: boolean;
}

function program({ always, call = {}, version = "3.5.0", nested = false }: Asked) {
  const node = (from: string, named: object = {}) => [[[from, 0, 0, named]]];
  const dense = (name: string, units: number, from: string) => ({
    class_name: "Dense",
    name,
    config: { name, units, activation: "linear", use_bias: true, trainable: true },
    inbound_nodes: node(from),
  });
  const config = { name: "norm", momentum: 0.9, epsilon: 1e-3, center: true, scale: true, axis: -1 };
  const norm = { class_name: "BatchNormalization", name: "norm", config };
  const body = {
    class_name: "Sequential",
    name: "body",
    config: { name: "body", layers: [norm], build_input_shape: [null, 8] },
  };
  const input = { class_name: "InputLayer", name: "in", config: { name: "in", batch_shape: [null, 2] } };
  const middle = { ...(nested ? body : norm), always, inbound_nodes: node("hidden", call) };
  const layers = [
    { ...input, inbound_nodes: [] },
    dense("hidden", 8, "in"),
    middle,
    dense("out", 1, middle.name),
  ];
  return translateProgram({
    framework: { name: "keras", version, backend: "tensorflow" },
    model: {
      class_name: "Functional",
      config: { name: "net", layers, input_layers: [["in", 0, 0]], output_layers: [["out", 0, 0]] },
    },
    compile: { loss: "mse", optimizer: { class_name: "Adam", config: { learning_rate: 0.02 } } },
    fit: { batch_size: 20, epochs: 20 },
  });
}

function kindsOf(asked: Asked): string {
  return JSON.stringify(program(asked).topology);
}

test("normalisation that is always in training keeps to the batch, also within a model, and its twins do not", () => {
  const steady = "SteadyBatchNormalization";
  expect(kindsOf({ always: "training" })).toContain(steady);
  expect(kindsOf({ always: "training", nested: true })).toContain(steady);
  expect(kindsOf({ call: { training: true }, version: "2.15.0" })).toContain(steady);
  expect(kindsOf({ call: { training: true } })).not.toContain(steady);
  expect(kindsOf({})).not.toContain(steady);
});

test("normalisation that is always in evaluation keeps to its averages", () => {
  expect(kindsOf({ always: "evaluation" })).toContain("FrozenBatchNormalization");
  expect(kindsOf({ always: "evaluation", nested: true })).toContain("FrozenBatchNormalization");
});

test("it lets examples see each other, and does not once it uses its averages in evaluation", async () => {
  const rows = Array.from({ length: 40 }, (_, row) => [Math.sin(row), Math.cos(1.7 * row)] as const);
  const x = [{ shape: [40, 2], values: Float32Array.from(rows.flat()) }];
  const y = [{ shape: [40, 1], values: Float32Array.from(rows.map(([a, b]) => a - b)) }];
  const separation = async (asked: Asked, changes: object = {}) => {
    const name = `norm-${JSON.stringify([asked, changes]).replace(/\W/g, "")}`;
    const config = defineProgram(program(asked), { x, y }, { name }).config();
    const changed = changeConfig(config, { ...changes })?.config ?? config;
    return (await contractOf(await createSubject(changed))).separation;
  };

  for (const nested of [false, true]) {
    const asked = { always: "training", nested };
    expect(await separation(asked)).toBeGreaterThan(0.01);
    expect(await separation(asked, { "rework.averagesInEvaluation": true })).toBeLessThan(1e-4);
  }
});

test("trained normalisation that is always in evaluation never moves its averages, and does once it is called as in training", async () => {
  const rows = Array.from({ length: 40 }, (_, row) => [3 + Math.sin(row), Math.cos(1.7 * row)] as const);
  const x = [{ shape: [40, 2], values: Float32Array.from(rows.flat()) }];
  const y = [{ shape: [40, 1], values: Float32Array.from(rows.map(([a, b]) => a - b)) }];
  const config = defineProgram(program({ always: "evaluation" }), { x, y }, { name: "norm-never" }).config();
  const changed = changeConfig(config, { "rework.batchStatistics": true })?.config ?? config;
  const stuckIn = async (one: typeof config) =>
    strayWeights(await train({ ...(await createSubject(one)), steps: 2 }))?.stuck.length;

  expect(await stuckIn(config)).toBeGreaterThan(0);
  expect(await stuckIn(changed as typeof config)).toBe(0);
});
