import { beforeAll, describe, expect, test } from "vitest";
import { startEngine } from "../../../../src/learning/engine/startEngine.ts";
import { defineProgram } from "../../../../src/learning/keras/translate/defineProgram.ts";
import { translateProgram } from "../../../../src/learning/keras/translate/translateProgram.ts";
import { createSubject } from "../../../../src/learning/subject/createSubject.ts";
import { train } from "../../../../src/learning/training/train.ts";
import { dense, sequentialProgram } from "./programs.ts";

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

  test("does not take weights of another shape", async () => {
    const wrong = { ...weights, "head/0": { shape: [1, 3], values: Float32Array.of(1, 2, 3) } };
    const program = translateProgram(sequentialProgram([dense("head", 1)], { weights: wrong }));
    const { config } = defineProgram(program, { x: [x], y: [y] }, { name: "keras-wrong" });
    await expect((async () => (await createSubject(config())).buildModel(1))()).rejects.toThrow(
      /weights of head: must have the shapes of the layer, which are \[3, 1\] \[1\]/,
    );
  });
});
