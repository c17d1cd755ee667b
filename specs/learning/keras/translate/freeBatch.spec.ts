import { describe, expect, test } from "vitest";
import type { KerasProgram } from "../../../../src/learning/keras/translate/capturedProgram.ts";
import { freeBatch } from "../../../../src/learning/keras/translate/freeBatch.ts";
import { translateProgram } from "../../../../src/learning/keras/translate/translateProgram.ts";
import { dense, layer, sequentialProgram } from "./programs.ts";

/** The input shape that the translated model is given. */
function shapeOf(program: KerasProgram): unknown {
  const { layers } = translateProgram(program).topology.config as {
    readonly layers: readonly { readonly config: { readonly batch_input_shape?: unknown } }[];
  };
  return layers[0]?.config.batch_input_shape;
}

const recurrent = layer("LSTM", "memory", {
  units: 4,
  activation: "tanh",
  recurrent_activation: "sigmoid",
  use_bias: true,
  unit_forget_bias: true,
  kernel_initializer: "glorot_uniform",
  recurrent_initializer: "orthogonal",
  bias_initializer: "zeros",
});

describe("the size of the first batch, which Keras 3 writes into a Sequential made without an input shape", () => {
  test.each([1, 32])("is left out where it is %d", (size) => {
    expect(shapeOf(sequentialProgram([dense("a", 2)], {}, [size, 3]))).toEqual([null, 3]);
    expect(shapeOf(sequentialProgram([recurrent, dense("a", 1)], {}, [size, 5, 3]))).toEqual([null, 5, 3]);
  });

  test("is left out where only the whole model knows its input", () => {
    const program = sequentialProgram([dense("a", 2)]);
    const layers = (program.model.config as { readonly layers: readonly unknown[] }).layers.slice(1);
    const model = {
      ...program.model,
      config: { name: "net", layers, build_input_shape: [16, 3] },
    };
    expect(shapeOf({ ...program, model })).toEqual([null, 3]);
  });

  test("is left out in a Sequential within another model, and stays where the script wrote an input: the twin", () => {
    const within = sequentialProgram([dense("a", 2)], {}, [1, 3]).model;
    const input = layer("InputLayer", "outer", { batch_shape: [4, 3] });
    const model = { class_name: "Functional", config: { name: "net", layers: [input, within] } };
    const shapes = JSON.stringify(freeBatch(model)).match(/"batch_shape":[^\]]*]/g);
    expect(shapes).toEqual(['"batch_shape":[4,3]', '"batch_shape":[null,3]']);
  });

  test("stays above 1 where operations of the script's own may need it: the twin", () => {
    const own = { ...layer("Lambda", "own"), traced: { name: "own" } };
    const shapesIn = (size: number) => {
      const { model } = sequentialProgram([own, dense("a", 1)], {}, [size, 3]);
      return JSON.stringify(freeBatch(model)).match(/"batch_shape":[^\]]*]/)?.[0];
    };
    expect([shapesIn(8), shapesIn(1)]).toEqual(['"batch_shape":[8,3]', '"batch_shape":[null,3]']);
  });
});
