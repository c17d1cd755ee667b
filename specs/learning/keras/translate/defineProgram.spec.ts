import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { startEngine } from "../../../../src/learning/engine/startEngine.ts";
import { defineProgram } from "../../../../src/learning/keras/translate/defineProgram.ts";
import { translateProgram } from "../../../../src/learning/keras/translate/translateProgram.ts";
import { createSubject } from "../../../../src/learning/subject/createSubject.ts";
import { train } from "../../../../src/learning/training/train.ts";
import { dense, layer, sequentialProgram } from "./programs.ts";

beforeAll(() => startEngine());

/** 40 examples of three numbers; the target is a weighted sum of them. */
const x = { shape: [40, 3], values: Float32Array.from({ length: 120 }, (_, at) => Math.sin(at * 1.7)) };
const y = {
  shape: [40],
  values: Float32Array.from(
    { length: 40 },
    (_, row) => (x.values[row * 3] as number) - 0.5 * (x.values[row * 3 + 2] as number),
  ),
};
const weights = {
  "head/0": { shape: [3, 1], values: Float32Array.of(0.25, 0.5, -0.125) },
  "head/1": { shape: [1], values: Float32Array.of(0.75) },
};

describe("a translated program", () => {
  test("trains as a subject, from the captured weights", async () => {
    const program = translateProgram(sequentialProgram([dense("head", 1)], { weights, fit: { epochs: 40 } }));
    const { config } = defineProgram(program, { x: [x], y: [y] }, { name: "keras-line" });
    const subject = await createSubject(config());
    const model = await subject.buildModel(1);
    expect(Array.from(await (model.getWeights()[0]?.data() ?? []))).toEqual([0.25, 0.5, -0.125]);
    model.dispose();
    const run = await train(subject);
    expect(run.steps).toBe(40 * 2);
    expect(run.trace.losses.at(-1)).toBeLessThan((run.trace.losses[0] as number) / 4);
  });

  test("draws its weights under the seed where that is asked for", async () => {
    const program = translateProgram(sequentialProgram([dense("head", 1)], { weights }));
    const { config } = defineProgram(
      program,
      { x: [x], y: [y] },
      { name: "keras-drawn", initialWeights: "drawn" },
    );
    const model = await (await createSubject(config())).buildModel(1);
    expect(Array.from(await (model.getWeights()[0]?.data() ?? []))).not.toEqual([0.25, 0.5, -0.125]);
    model.dispose();
  });

  test("holds the last examples out, as validation_split does", () => {
    const program = translateProgram(
      sequentialProgram([dense("head", 1)], { fit: { validation_split: 0.33 } }),
    );
    const { config } = defineProgram(program, { x: [x], y: [y] }, { name: "keras-split" });
    expect(config().data).toMatchObject({ examples: 26, heldOut: 14 });
  });

  test("takes classes of 0 and 1 under a hinge for −1 and 1, as Keras does, and other targets as they are", async () => {
    const targetsUnder = async (loss: string, values: readonly number[]) => {
      const compile = { loss, optimizer: { class_name: "Adam", config: {} } };
      const program = translateProgram(sequentialProgram([dense("head", 1)], { compile }));
      const targets = {
        shape: [40],
        values: Float32Array.from({ length: 40 }, (_, row) => values[row % 2] as number),
      };
      const { config } = defineProgram(program, { x: [x], y: [targets] }, { name: `keras-${loss}` });
      const { train: examples } = await createSubject(config());
      return [...examples.targets.subarray(0, 2)];
    };

    expect(await targetsUnder("hinge", [0, 1])).toEqual([-1, 1]);
    expect(await targetsUnder("squared_hinge", [1, 0])).toEqual([1, -1]);
    expect(await targetsUnder("hinge", [0, 2])).toEqual([0, 2]);
    expect(await targetsUnder("mse", [0, 1])).toEqual([0, 1]);
  });

  test("is judged by a metric where its loss is written in Python, and else by its loss's own error", () => {
    const { cases } = JSON.parse(readFileSync("fixtures/keras/traced.json", "utf8")) as {
      cases: { graph: object }[];
    };
    const optimizer = { class_name: "Adam", config: {} };
    const traced = { class_name: "TracedLoss", config: { name: "mine", graph: cases[0]?.graph } };
    const measureWith = (loss: unknown, metrics: unknown) => {
      const compile = { loss, optimizer, metrics };
      const program = translateProgram(sequentialProgram([dense("head", 1)], { compile }));
      return defineProgram(program, { x: [x], y: [y] }, { name: "keras-metrics" }).config().errorMeasure;
    };
    expect(measureWith(traced, ["accuracy", "mae"])).toBe("meanAbsoluteError");
    expect(measureWith(traced, [{ class_name: "MeanAbsoluteError", config: {} }])).toBe("meanAbsoluteError");
    expect(measureWith(traced, [{ class_name: "function", config: { name: "mae" } }, "auc"])).toBeUndefined();
    expect(measureWith("mse", ["mae"])).toBeUndefined();
    expect(measureWith("cosine_similarity", ["cosine_similarity"])).toBe("cosineDistance");
    expect(measureWith("cosine_similarity", ["mae"])).toBeUndefined();
  });

  test("does not take weights of another shape", async () => {
    const wrong = { ...weights, "head/0": { shape: [1, 3], values: Float32Array.of(1, 2, 3) } };
    const program = translateProgram(sequentialProgram([dense("head", 1)], { weights: wrong }));
    const { config } = defineProgram(program, { x: [x], y: [y] }, { name: "keras-wrong" });
    await expect((async () => (await createSubject(config())).buildModel(1))()).rejects.toThrow(
      /weights of head: must have the shapes of the layer, which are \[3, 1\] \[1\]/,
    );
  });

  test("says how many tables of targets the model needs", () => {
    const program = translateProgram(sequentialProgram([dense("head", 1)], { weights }));

    expect(() => defineProgram(program, { x: [x], y: [y, y] }, { name: "keras-two" })).toThrow(
      "y: must be one table of targets, for the model's only output; correct what fit is given",
    );
  });

  test("trains two outputs by their own losses and weights, and weighs classes and examples", async () => {
    const call = (from: string) => [
      { args: [{ class_name: "__keras_tensor__", config: { keras_history: [from, 0, 0] } }], kwargs: {} },
    ];
    const input = layer("InputLayer", "in", { batch_shape: [null, 3] });
    const program = translateProgram({
      ...sequentialProgram([]),
      model: {
        class_name: "Functional",
        config: {
          name: "two",
          layers: [
            { ...input, inbound_nodes: [] },
            { ...dense("line", 1), inbound_nodes: call("in") },
            { ...dense("kind", 1, { activation: "sigmoid" }), inbound_nodes: call("in") },
          ],
          input_layers: ["in", 0, 0],
          output_layers: [
            ["line", 0, 0],
            ["kind", 0, 0],
          ],
        },
      },
      compile: {
        optimizer: "adam",
        loss: { kind: "binary_crossentropy", line: "mae" },
        loss_weights: { kind: 0.5 },
      },
      fit: { shuffle: false, epochs: 2 },
    });
    expect(program.losses.map(({ config }) => config.name)).toEqual(["mae", "binaryCrossentropy"]);
    expect(program.lossWeights).toEqual([1, 0.5]);
    const kinds = { shape: [40], values: y.values.map((value) => (value > 0 ? 1 : 0)) };
    const sampleWeights = [{ shape: [40], values: new Float32Array(40).fill(2) }];
    const { config } = defineProgram(
      program,
      { x: [x], y: [y, kinds], sampleWeights },
      { name: "keras-two" },
    );
    expect(config().training.shuffle).toBe(false);
    const run = await train(createSubject(config()));
    expect(run.steps).toBe(4);
    const alone = defineProgram(program, { x: [x], y: [y, kinds] }, { name: "keras-two-alike" });
    const plain = await train(createSubject(alone.config()));
    expect(run.trace.losses[0]).toBeCloseTo(2 * (plain.trace.losses[0] as number), 4);
  });
});
