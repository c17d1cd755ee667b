import { memory, tensor2d } from "@tensorflow/tfjs-core";
import { type LayersModel, layers, sequential } from "@tensorflow/tfjs-layers";
import { describe, expect, test } from "vitest";
import { check } from "../../../src/judging/check/check.ts";
import { parseConfig } from "../../../src/learning/config/parseConfig.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import { engineUnderTest } from "../../engineUnderTest.ts";
import { broken, healthy } from "../../failure-modes/healthy.ts";

const engine = engineUnderTest;

/** Two inputs, and a target that a small network learns. */
function lineData(count = 64) {
  const x = Array.from({ length: count }, (_, row) => [Math.sin(row), Math.cos(3 * row)]);
  return { x, y: x.map(([a, b]) => (a as number) - 0.5 * (b as number)) };
}

function compiled(options: { rate?: number; loss?: string } = {}): LayersModel {
  const model = sequential({
    layers: [layers.dense({ inputShape: [2], units: 8, activation: "tanh" }), layers.dense({ units: 1 })],
  });
  model.compile({ loss: options.loss ?? "meanSquaredError", optimizer: "adam" });
  if (options.rate !== undefined) Object.assign(model.optimizer, { learningRate: options.rate });
  return model;
}

describe("check", () => {
  test("answers with plain data that says what was checked, the verdict, every law and the run", async () => {
    const result = await check(healthy, { engine });

    expect(result).toMatchObject({
      schemaVersion: 2,
      what: { kind: "dense", name: "dense" },
      verdict: "learns",
      holds: true,
      cause: null,
      causes: [],
      cure: null,
      seed: 1,
      engine: { name: engine },
    });
    expect(result.run.losses).toHaveLength(result.run.steps);
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
  });

  test("names the cause of what fails, and a cure that was tried: the twin", async () => {
    const result = await check(broken({ model: { kernelInitializer: "zeros" } }), { engine });

    expect(result).toMatchObject({
      verdict: "collapsed",
      holds: false,
      cause: { name: "symmetric-initialisation" },
    });
    expect(result.cure?.change).toContain("kernelInitializer");
    expect(result.cure?.config.seed).toBe(1);
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
  });

  test("takes a subject that a program made, whose config nobody knows", async () => {
    const subject = await createSubject(parseConfig(healthy));

    const result = await check(subject, { engine, seed: 7 });

    expect(result).toMatchObject({
      what: { kind: "subject" },
      subject: { config: null },
      seed: 7,
      verdict: "learns",
    });
  });

  test("ends within a step of its signal with the signal's reason, and leaves no tensor", async () => {
    await check(healthy, { engine, cures: false });
    const before = memory().numTensors;
    const abort = new AbortController();
    let after = 0;

    const checking = check(healthy, {
      engine,
      signal: abort.signal,
      onProgress: ({ step }) => {
        if (abort.signal.aborted) after++;
        if (step === 3) abort.abort(new Error("enough"));
      },
    });

    await expect(checking).rejects.toThrow("enough");
    expect(after).toBe(0);
    expect(memory().numTensors).toBe(before);
  });

  test("tells of each task as it begins, and of each of its steps", async () => {
    const told: string[] = [];

    await check(healthy, {
      engine,
      onProgress: ({ task, step, loss }) => {
        if (step === 0) told.push(task);
        expect(step === 0).toBe(loss === null);
      },
    });

    expect(told).toContain("overfitsOne");
    expect(told).toContain("learnsTheSameTwice");
  });
});

// One whose rate is too low is named so, and cured: compiledCure.commit.ts.
describe("check of a compiled model", () => {
  test("takes loss, optimizer and rate from compile, and leaves the model as it was", async () => {
    const model = compiled({ rate: 0.02 });
    const weights = model.getWeights().map((weight) => [...weight.dataSync()]);

    const result = await check(model, { ...lineData(), epochs: 100, batchSize: 16, engine });

    expect(result).toMatchObject({ verdict: "learns", holds: true, subject: { steps: 400, batchSize: 16 } });
    expect(result.subject.config?.training).toMatchObject({
      loss: { name: "mse" },
      optimizer: { name: "adam", learningRate: 0.02 },
    });
    expect(model.getWeights().map((weight) => [...weight.dataSync()])).toEqual(weights);
    model.dispose();
  });

  test("takes tensors, flat typed arrays and nested lists for the same data", async () => {
    const { x, y } = lineData();
    const model = compiled({ rate: 0.02 });
    const options = { epochs: 20, batchSize: 16, engine, cures: false };
    const inputs = tensor2d(x);
    const targets = tensor2d(y, [y.length, 1]);

    const lists = await check(model, { x, y, ...options });
    const tensors = await check(model, { x: inputs, y: targets, ...options });
    const flat = await check(model, { x: Float32Array.from(x.flat()), y: Float32Array.from(y), ...options });

    expect(tensors.run.digest).toBe(lists.run.digest);
    expect(flat.run.digest).toBe(lists.run.digest);
    inputs.dispose();
    targets.dispose();
    model.dispose();
  });

  test("starts from the model's own weights where that is asked", async () => {
    const model = compiled({ rate: 0.02 });
    const options = { ...lineData(), epochs: 5, engine, cures: false };

    const drawn = await check(model, options);
    const kept = await check(model, { ...options, keepWeights: true });

    expect(kept.run.digest).not.toBe(drawn.run.digest);
    model.dispose();
  });

  test("makes class numbers one-hot for the sparse crossentropy, and holds examples out", async () => {
    const x = Array.from({ length: 90 }, (_, row) => [Math.sin(row), Math.cos(5 * row)]);
    const y = x.map(([a]) => ((a as number) > 0.3 ? 2 : (a as number) < -0.3 ? 0 : 1));
    const model = sequential({
      layers: [
        layers.dense({ inputShape: [2], units: 16, activation: "tanh" }),
        layers.dense({ units: 3, activation: "softmax" }),
      ],
    });
    model.compile({ loss: "sparseCategoricalCrossentropy", optimizer: "adam" });
    Object.assign(model.optimizer, { learningRate: 0.03 });

    const result = await check(model, { x, y, epochs: 100, validationSplit: 1 / 3, engine });

    expect(result).toMatchObject({
      verdict: "learns",
      subject: { classification: true, outputs: 3, examples: 60, heldOut: 30 },
    });
    model.dispose();
  });

  test.each([
    [
      "a model that was not compiled",
      () => sequential({ layers: [layers.dense({ inputShape: [2], units: 1 })] }),
      lineData(),
      "must be compiled",
    ],
    [
      "inputs of another shape",
      () => compiled(),
      { x: [[1], [2]], y: [1, 2] },
      "must take one input of shape",
    ],
    [
      "as many targets as inputs",
      () => compiled(),
      { x: [[1, 2]], y: [1, 2] },
      "must be as many as the inputs",
    ],
    ["nothing to train on", () => compiled(), {} as ReturnType<typeof lineData>, "must be lists of numbers"],
  ])("refuses %s", async (_, build, data, message) => {
    const model = build();

    await expect(check(model, { ...data, engine })).rejects.toThrow(message);

    model.dispose();
  });
});
