// What goes wrong within layers of a captured program's own: slopes without a bound, and variables that nobody trains.

import { beforeAll, describe, expect, test } from "vitest";
import { contractOf } from "../../../src/judging/evidence/contract/contract.ts";
import { trainAndDiagnose } from "../../../src/judging/trainAndDiagnose.ts";
import { changeConfig } from "../../../src/learning/config/changeConfig.ts";
import type { Config } from "../../../src/learning/config/schema.ts";
import { startEngine } from "../../../src/learning/engine/startEngine.ts";
import { defineProgram } from "../../../src/learning/keras/translate/defineProgram.ts";
import { translateProgram } from "../../../src/learning/keras/translate/translateProgram.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import { dense, layer, sequentialProgram } from "../../learning/keras/translate/programs.ts";

beforeAll(() => startEngine());

const COUNT = 96;
const x = {
  shape: [COUNT, 3],
  values: Float32Array.from({ length: 3 * COUNT }, (_, at) => Math.sin(at * 1.7)),
};
const y = {
  shape: [COUNT],
  values: Float32Array.from(
    { length: COUNT },
    (_, row) => (x.values[row * 3] as number) + 0.5 * (x.values[row * 3 + 1] as number) ** 2,
  ),
};
const node = (name: string, op: string, inputs: readonly string[], others: object = {}) => ({
  name,
  op,
  inputs,
  attrs: {},
  ...others,
});

/** A layer of the program's own, by the operations that it is made of. */
function own(width: number, nodes: readonly object[], output: string, weights: readonly object[] = []) {
  const training = {
    inputs: [{ name: "x0:0", dtype: "float32", shape: [null, width] }],
    outputs: [`${output}:0`],
    shapes: [[null, width]],
    nodes: [node("x0", "Placeholder", []), ...nodes],
    updates: [],
  };
  return { ...layer("Lambda", "mine"), traced: { weights, passes_mask: false, training } };
}

function configOf(name: string, layers: readonly ReturnType<typeof layer>[], rate = 0.01): Config {
  const compile = {
    loss: "mse",
    optimizer: { class_name: rate > 1 ? "SGD" : "Adam", config: { learning_rate: rate } },
  };
  const program = translateProgram(sequentialProgram(layers, { compile, fit: { epochs: 30 } }));
  return defineProgram(program, { x: [x], y: [y] }, { name }).config();
}

const outcomeOf = async (config: Config) =>
  trainAndDiagnose(await createSubject(config), { thresholds: config.thresholds });

describe("a root of numbers that may be 0", () => {
  const root = [
    dense("hidden", 8, { activation: "relu" }),
    own(8, [node("r", "Sqrt", ["x0:0"])], "r"),
    dense("head", 1),
  ];

  test("loses its gradient whatever the rate, and says so instead of blaming the rate", async () => {
    const { verdict, findings } = await outcomeOf(configOf("root", root));

    expect(verdict).toBe("diverged");
    expect(findings[0]).toMatchObject({
      cause: "exploding-gradients",
      rank: 0.929,
    });
    expect(findings.map(({ cause }) => cause)).not.toContain("learning-rate-too-high");
  });

  test("keeps it where a little is added to what it takes", async () => {
    const lifted = changeConfig(configOf("root", root), { "rework.underRoots": 1e-3 })?.config as Config;

    expect((await outcomeOf(lifted)).run.finite).toBe(true);
  });

  test("is not what a rate without a bound does: the twin", async () => {
    const { findings } = await outcomeOf(configOf("steps", [dense("hidden", 8), dense("head", 1)], 1e6));

    expect(findings[0]?.cause).toBe("learning-rate-too-high");
  });
});

describe("a variable that Keras does not know of", () => {
  const kernel = { name: "kernel", shape: [3, 3], trainable: false, untracked: true };
  const product = [node("k", "ReadVariableOp", [], { variable: 0 }), node("p", "MatMul", ["x0:0", "k:0"])];
  const untracked = (weight: object) => [own(3, product, "p", [weight]), dense("head", 1)];
  const namesOf = async (config: Config) => (await contractOf(await createSubject(config))).weights.untracked;

  test("is named where the run fails, and trained by a change", async () => {
    const config = configOf("untracked", untracked(kernel));
    const trained = changeConfig(config, { "rework.trainable": true })?.config as Config;

    expect(await namesOf(config)).toEqual(["mine/kernel"]);
    expect(await namesOf(trained)).toEqual([]);
    const moved = async (one: Config) =>
      (await outcomeOf(one)).run.survey?.layers.find(({ layer: name }) => name === "mine")?.moved;
    expect(await moved(config)).toBe(0);
    expect(await moved(trained)).toBeGreaterThan(0);
  });

  test("is no weight that was frozen on purpose: the twin", async () => {
    expect(await namesOf(configOf("frozen", untracked({ ...kernel, untracked: false })))).toEqual([]);
  });
});
