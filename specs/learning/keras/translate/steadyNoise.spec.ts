// Keras before 3 keeps dropout on where a model is built with `training=True`: it draws when the model is asked too.

import { beforeAll, describe, expect, test } from "vitest";
import { trainAndDiagnose } from "../../../../src/judging/trainAndDiagnose.ts";
import { changeConfig } from "../../../../src/learning/config/changeConfig.ts";
import { defineProgram } from "../../../../src/learning/keras/translate/defineProgram.ts";
import { translateProgram } from "../../../../src/learning/keras/translate/translateProgram.ts";
import { createSubject } from "../../../../src/learning/subject/createSubject.ts";
import { startEngineUnderTest } from "../../../engineUnderTest.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

/** A functional program of Keras 2 whose dropout is called with these arguments. */
function program(call: object, kind = "Dropout") {
  const node = (from: string, named: object = {}) => [[[from, 0, 0, named]]];
  const dense = (name: string, units: number, from: string, activation: string) => ({
    class_name: "Dense",
    name,
    config: { name, units, activation, use_bias: true, trainable: true },
    inbound_nodes: node(from),
  });
  const drop = kind === "Dropout" ? { rate: 0.5 } : { stddev: 0.5 };
  const layers = [
    {
      class_name: "InputLayer",
      name: "in",
      config: { name: "in", batch_input_shape: [null, 2] },
      inbound_nodes: [],
    },
    dense("hidden", 32, "in", "relu"),
    {
      class_name: kind,
      name: "drop",
      config: { name: "drop", ...drop, trainable: true },
      inbound_nodes: node("hidden", call),
    },
    dense("out", 1, "drop", "linear"),
  ];
  return translateProgram({
    framework: { name: "keras", version: "2.15.0", backend: "tensorflow" },
    model: {
      class_name: "Functional",
      config: { name: "net", layers, input_layers: [["in", 0, 0]], output_layers: [["out", 0, 0]] },
    },
    compile: { loss: "mse", optimizer: { class_name: "Adam", config: { learning_rate: 0.01 } } },
    fit: { batch_size: 32, epochs: 40 },
  });
}

function kindsOf({ topology }: ReturnType<typeof program>): string[] {
  const { layers } = topology.config as unknown as { layers: { class_name: string }[] };
  return layers.map(({ class_name: kind }) => kind);
}

describe("a layer of noise that is called with training=True", () => {
  test("stays on, and its twin without that does not", () => {
    expect(kindsOf(program({ training: true }))).toContain("KerasSteadyNoise");
    expect(kindsOf(program({ training: true }, "GaussianNoise"))).toContain("KerasSteadyNoise");
    expect(kindsOf(program({}))).not.toContain("KerasSteadyNoise");
    expect(kindsOf(program({ training: false }))).not.toContain("KerasSteadyNoise");
  });

  test("is named first, and is gone at a rate of 0", async () => {
    const rows = Array.from({ length: 200 }, (_, row) => [Math.sin(row), Math.cos(1.7 * row)] as const);
    const x = [{ shape: [200, 2], values: Float32Array.from(rows.flat()) }];
    const y = [{ shape: [200, 1], values: Float32Array.from(rows.map(([a, b]) => a * b)) }];
    const named = async (call: object, changes: object = {}) => {
      const name = `noise-${JSON.stringify([call, changes]).replace(/\W/g, "")}`;
      const config = defineProgram(program(call), { x, y }, { name }).config();
      const changed = changeConfig(config, { ...changes })?.config ?? config;
      return (await trainAndDiagnose(await createSubject(changed), changed)).findings.map(
        ({ cause }) => cause,
      );
    };

    expect((await named({ training: true }))[0]).toBe("noise-in-evaluation");
    expect(await named({ training: true }, { "rework.dropout": 0 })).not.toContain("noise-in-evaluation");
    expect(await named({})).not.toContain("noise-in-evaluation");
  });
});
