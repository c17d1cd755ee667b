import { describe, expect, test } from "vitest";
import { TranslationError } from "../../../../src/learning/keras/translate/findings.ts";
import { applyCallbacks } from "../../../../src/learning/keras/translate/recipe/applyCallbacks.ts";
import { translateProgram } from "../../../../src/learning/keras/translate/translateProgram.ts";
import { dense, layer, sequentialProgram } from "./programs.ts";

function refusalOf(work: () => unknown): TranslationError {
  try {
    work();
  } catch (error) {
    if (error instanceof TranslationError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

test.each([
  ["softmax_v2", "softmax"],
  ["log_softmax_v2", "log_softmax"],
  ["identity", "linear"],
])("TensorFlow's own function %s is read as the activation %s", (name, same) => {
  const program = (activation: string) =>
    translateProgram(sequentialProgram([dense("d", 2, { activation })]));
  expect(program(name)).toEqual(program(same));
  expect(program(name)).not.toEqual(program("relu"));
});

describe("what has no counterpart", () => {
  test("is refused all at once, by layer and argument", () => {
    const { refusals, message } = refusalOf(() =>
      translateProgram(
        sequentialProgram(
          [
            layer("Lambda", "twice", { function: "code" }),
            layer("MelSpectrogram", "mel"),
            dense("odd", 2, { activation: "my_activation" }),
          ],
          { compile: { loss: "my_loss", optimizer: { class_name: "Shampoo", config: {} } } },
        ),
      ),
    );
    expect(refusals.map(({ layer, argument }) => `${layer} ${argument}`)).toEqual([
      "twice Lambda",
      "mel MelSpectrogram",
      "odd activation",
      "compile loss",
      "compile optimizer",
    ]);
    expect(message).toContain("5 parts have no counterpart");
    expect(message).toContain("odd: activation my_activation");
  });

  test.each([[[[0.5, 1]]], [{ class_name: "__numpy__", config: { value: [[0.5, 1]], dtype: "float64" } }]])(
    "is a Constant of an array, in whose place the captured weights are taken",
    (value) => {
      const kernel = (constant: unknown) =>
        dense("d", 2, { kernel_initializer: { class_name: "Constant", config: { value: constant } } });
      const weights = { "d/0": { shape: [1, 2], values: new Float32Array([0.5, 1]) } };
      const { notes } = translateProgram(sequentialProgram([kernel(value)], { weights }));
      expect(notes.map(({ argument }) => argument)).toEqual(["kernel_initializer"]);
      expect(refusalOf(() => translateProgram(sequentialProgram([kernel(value)]))).message).toContain(
        "Constant whose value is an array",
      );
      expect(translateProgram(sequentialProgram([kernel(0.5)])).notes).toEqual([]);
    },
  );

  test("includes a class of the program's own that has the name of one of Keras's", () => {
    const own = { ...dense("mine", 2), module: "__main__" };
    expect(refusalOf(() => translateProgram(sequentialProgram([own]))).message).toContain(
      "mine: Dense is a class of the program (__main__)",
    );
    expect(() => translateProgram(sequentialProgram([{ ...own, module: "keras.layers" }]))).not.toThrow();
  });

  test("includes an argument that this version does not know, unless it is not given", () => {
    const withArgument = (value: unknown) => sequentialProgram([dense("d", 2, { rotation: value })]);
    expect(refusalOf(() => translateProgram(withArgument(3))).message).toContain("d: rotation");
    expect(() => translateProgram(withArgument(null))).not.toThrow();
  });

  test("is an operation with a constant, which a merge layer would lose, and none of two tensors", () => {
    const tensor = (from: string) => ({
      class_name: "__keras_tensor__",
      config: { shape: [null, 4], dtype: "float32", keras_history: [from, 0, 0] },
    });
    const program = (second: unknown) => ({
      ...sequentialProgram([]),
      model: {
        class_name: "Functional",
        config: {
          name: "net",
          layers: [
            {
              class_name: "InputLayer",
              name: "x",
              config: { name: "x", batch_shape: [null, 4] },
              inbound_nodes: [],
            },
            { ...dense("a", 4), name: "a", inbound_nodes: [{ args: [tensor("x")], kwargs: {} }] },
            {
              class_name: "Multiply",
              module: "keras.src.ops.numpy",
              name: "multiply",
              config: { name: "multiply" },
              inbound_nodes: [{ args: [tensor("a"), second], kwargs: {} }],
            },
          ],
          input_layers: [["x", 0, 0]],
          output_layers: [["multiply", 0, 0]],
        },
      },
    });

    expect(refusalOf(() => translateProgram(program(2))).message).toContain(
      "multiply: Multiply is an operation written on tensors",
    );
    expect(() => translateProgram(program(tensor("x")))).not.toThrow();
  });

  test("is a subclass of Model, whose call is code", () => {
    const program = { ...sequentialProgram([]), model: { class_name: "MyModel", config: {} } };
    expect(refusalOf(() => translateProgram(program)).message).toContain("Python code");
  });
});

test("fit's arguments have Keras's defaults", () => {
  const { training } = translateProgram(sequentialProgram([dense("d", 1)], { fit: null }));
  expect(training).toEqual({
    batchSize: 32,
    epochs: 1,
    stepsPerEpoch: null,
    validationSplit: 0,
    shuffle: true,
    classWeight: null,
    callbacks: { earlyStopping: null, onPlateau: null, rates: null },
    epochSteps: null,
    idle: null,
    frozenBehind: null,
  });
});

test.each([
  [{ shuffle: true, repeatsOrder: true }, "once"],
  [{ repeatsOrder: false }, true],
  [{ shuffle: false, repeatsOrder: true }, false],
])("rows are shuffled once where a seed makes epochs repeat their order: %o", (fit, shuffle) => {
  expect(translateProgram(sequentialProgram([dense("d", 1)], { fit })).training.shuffle).toBe(shuffle);
});

test("gradients that the optimizer adds up are those of one larger batch, where no layer normalises batches", () => {
  const optimizer = { class_name: "Adam", config: { learning_rate: 0.01, gradient_accumulation_steps: 4 } };
  const adding = { compile: { loss: "mse", optimizer }, fit: { batch_size: 8, steps_per_epoch: 10 } };
  const { training, notes } = translateProgram(sequentialProgram([dense("d", 1)], adding));
  expect([training.batchSize, training.stepsPerEpoch]).toEqual([32, 3]);
  expect(notes.map(({ argument }) => argument)).toEqual(["optimizer gradient_accumulation_steps"]);
  const normalised = sequentialProgram([layer("BatchNormalization", "n"), dense("d", 1)], adding);
  expect(refusalOf(() => translateProgram(normalised)).message).toContain("gradient_accumulation_steps");
});

test("rates that the script's own code gives are pieces of the largest, and averages need an end of fit", () => {
  const table = { class_name: "RateTable", config: { boundaries: [0, 4], values: [0, 0.04, 0.01] } };
  const config = { learning_rate: table, use_ema: true, ema_momentum: 0.9 };
  const of = (call: string) =>
    translateProgram(
      sequentialProgram([dense("d", 1)], {
        compile: { loss: "mse", optimizer: { class_name: "SGD", config } },
        fit: { call },
      }),
    ).optimizer;
  expect(of("fit")).toEqual({
    name: "sgd",
    learningRate: 0.04,
    schedule: { name: "piecewise", boundaries: [0, 4], factors: [0, 1, 0.25] },
    averaging: { momentum: 0.9 },
  });
  expect(of("train_on_batch")).not.toHaveProperty("averaging");
});

test("callbacks do what they do in Keras, and those whose monitor is not measured do nothing", () => {
  const stopping = (config: object) => ({ class_name: "EarlyStopping", config });
  const settings = {
    monitor: "val_acc",
    mode: "min",
    patience: 0,
    min_delta: -0.1,
    restore_best_weights: true,
  };
  const translated = (metrics: readonly string[]) =>
    translateProgram(
      sequentialProgram([dense("d", 1)], {
        compile: { optimizer: "adam", loss: "mse", metrics },
        fit: { callbacks: [stopping(settings), stopping({ monitor: "loss" })] },
      }),
    );
  const { training, notes } = translated(["acc"]);

  expect(training.callbacks.earlyStopping).toEqual({
    monitor: "heldOutAccuracy",
    mode: "min",
    patience: 1,
    minDelta: 0.1,
    restoreBest: true,
  });
  expect(notes.map(({ message }) => message)).toEqual([
    "the first of several EarlyStopping is run, and no other",
  ]);
  expect(translated(["mae"]).training.callbacks.earlyStopping).toBeNull();
});

test("a schedule of epochs becomes one of updates", () => {
  const rates = [0.1, 0.1, 0.01];
  const program = sequentialProgram([dense("d", 1)], {
    fit: { callbacks: [{ class_name: "LearningRateScheduler", config: { rates } }] },
  });
  const { training, optimizer } = translateProgram(program);

  expect(applyCallbacks({ ...training, batchSize: 10 }, optimizer, 95).optimizer).toMatchObject({
    learningRate: 0.1,
    schedule: { name: "piecewise", boundaries: [19], factors: [1, expect.closeTo(0.1)] },
  });
});

test("a difference that changes nothing without saying so is noted", () => {
  const { notes } = translateProgram(sequentialProgram([dense("d", 1, { dtype: "mixed_float16" })]));
  expect(notes.map(({ layer, argument }) => `${layer} ${argument}`)).toEqual(["d dtype"]);
});

describe("a crossentropy of classes", () => {
  const lossOf = (activation: string, backend: string, loss: unknown = "sparse_categorical_crossentropy") => {
    const optimizer = { class_name: "Adam", config: {} };
    const program = sequentialProgram([dense("d", 3, { activation })], {
      framework: { name: "keras", version: "3.15.1", backend },
      compile: { loss, optimizer },
    });
    return translateProgram(program).losses[0]?.config;
  };

  test("takes the logits of a softmax on TensorFlow, and clips nothing", () => {
    const unclipped = { name: "categoricalCrossentropy", clipped: false };
    expect(lossOf("softmax", "tensorflow")).toEqual(unclipped);
    expect(lossOf("softmax", "tensorflow", "categorical_crossentropy")).toEqual(unclipped);
  });

  test("takes the logits of a sigmoid on TensorFlow, too", () => {
    expect(lossOf("sigmoid", "tensorflow", "binary_crossentropy")).toEqual({
      name: "binaryCrossentropy",
      clipped: false,
    });
    expect(lossOf("sigmoid", "jax", "binary_crossentropy")).toEqual({ name: "binaryCrossentropy" });
  });

  test("clips other outputs, and those of other backends: the twin", () => {
    const plain = { name: "categoricalCrossentropy" };
    expect(lossOf("sigmoid", "tensorflow")).toEqual(plain);
    expect(lossOf("softmax", "jax")).toEqual(plain);
    expect(lossOf("softmax", "tensorflow", "binary_crossentropy")).toEqual({ name: "binaryCrossentropy" });
  });
});
