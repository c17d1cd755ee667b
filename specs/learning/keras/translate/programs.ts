// Small Keras programs as the capture writes them, for the specs of the translation.

import type { KerasProgram } from "../../../../src/learning/keras/translate/capturedProgram.ts";

interface WrittenLayer {
  readonly module?: string;
  readonly class_name: string;
  readonly config: Readonly<Record<string, unknown>>;
}

/** A layer as Keras 3 writes it. */
export function layer(
  className: string,
  name: string,
  config: object = {},
): WrittenLayer & { readonly name: string } {
  return { class_name: className, name, config: { name, trainable: true, ...config } };
}

export function dense(name: string, units: number, config: object = {}) {
  return layer("Dense", name, { units, activation: "linear", use_bias: true, ...config });
}

/** A Sequential program of Keras 3 that takes rows of `inputs` numbers. */
export function sequentialProgram(
  layers: readonly WrittenLayer[],
  others: Partial<KerasProgram> = {},
  shape: readonly (number | null)[] = [null, 3],
): KerasProgram {
  const input = layer("InputLayer", "in", { batch_shape: shape, dtype: "float32" });
  return {
    framework: { name: "keras", version: "3.15.1", backend: "tensorflow" },
    model: { class_name: "Sequential", config: { name: "net", layers: [input, ...layers] } },
    compile: { loss: "mse", optimizer: { class_name: "Adam", config: { learning_rate: 0.01 } } },
    fit: { batch_size: 8, epochs: 5 },
    ...others,
  };
}
