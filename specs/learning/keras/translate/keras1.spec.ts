import { describe, expect, test } from "vitest";
import { translateProgram } from "../../../../src/learning/keras/translate/translateProgram.ts";

const layer = (className: string, name: string, config: object) => ({
  class_name: className,
  config: { name, trainable: true, ...config },
});

/** The layers of a model as Keras 1.2 saved them, in a topology that TensorFlow.js loads. */
function translated(layers: object[]) {
  const { topology } = translateProgram({
    model: { class_name: "Sequential", config: layers },
    compile: { loss: "mse", optimizer: { class_name: "SGD", config: { lr: 0.1 } } },
  });
  const { layers: made } = topology.config as { layers: { class_name: string; config: object }[] };
  return made;
}

const convolution = layer("Convolution2D", "conv", {
  batch_input_shape: [null, 8, 8, 1],
  input_dtype: "float32",
  nb_filter: 4,
  nb_row: 3,
  nb_col: 5,
  border_mode: "same",
  subsample: [2, 2],
  dim_ordering: "tf",
  init: "he_normal",
  bias: true,
  activation: "relu",
  W_regularizer: { name: "WeightRegularizer", l1: 0, l2: 0.01 },
  b_regularizer: null,
});
const dense = layer("Dense", "out", { output_dim: 3, init: "zero", input_dim: 64, activation: "linear" });

describe("a model that Keras 1 saved", () => {
  test("has the arguments of a convolution by their later names", () => {
    const found = translated([convolution, layer("Flatten", "flat", {}), dense]).map(({ config }) => config);

    expect(found).toContainEqual(
      expect.objectContaining({
        name: "conv",
        filters: 4,
        kernel_size: [3, 5],
        padding: "same",
        strides: [2, 2],
        kernel_initializer: expect.objectContaining({ class_name: "HeNormal" }),
        kernel_regularizer: expect.objectContaining({ config: expect.objectContaining({ l2: 0.01 }) }),
      }),
    );
    expect(found).toContainEqual(expect.objectContaining({ name: "out", units: 3 }));
  });

  test("has the arguments of an embedding, a recurrent layer and a dropout by their later names", () => {
    const found = translated([
      layer("Embedding", "words", {
        batch_input_shape: [null, 6],
        input_dim: 50,
        output_dim: 8,
        init: "uniform",
        input_length: 6,
        dropout: 0,
        mask_zero: false,
        W_regularizer: null,
      }),
      layer("LSTM", "memory", {
        output_dim: 5,
        init: "glorot_uniform",
        inner_init: "orthogonal",
        forget_bias_init: "one",
        inner_activation: "hard_sigmoid",
        activation: "tanh",
        dropout_W: 0.1,
        dropout_U: 0,
        consume_less: "cpu",
        return_sequences: false,
      }),
      layer("Dropout", "drop", { p: 0.3 }),
      dense,
    ]).map(({ config }) => config);

    expect(found).toContainEqual(expect.objectContaining({ name: "words", input_dim: 50, output_dim: 8 }));
    expect(found).toContainEqual(expect.objectContaining({ name: "memory", units: 5, dropout: 0.1 }));
    expect(found).toContainEqual(expect.objectContaining({ name: "drop", rate: 0.3 }));
  });

  test("is refused by name where it has what no later Keras has", () => {
    expect(() => translated([layer("MaxoutDense", "max", { output_dim: 3, nb_feature: 4 })])).toThrow(
      "MaxoutDense",
    );
  });
});
