import { InputError } from "../../foundation/input/inputError.ts";
import type { BuiltInConfig } from "./schema.ts";

/** Inputs are kept in memory as float32; more than this is refused rather than left to crash. */
const MOST_INPUT_BYTES = 4 * 1024 ** 3;
/** A larger network or batch does not fit the 4 GiB that a WebAssembly memory can reach, with room for its gaps. */
const MOST_WEIGHTS = 50_000_000;
const MOST_STEP_BYTES = 3 * 1024 ** 3;
/** Tensors as large as a weight at the peak of a step: it, its gradient, two moments and their successors. */
const COPIES_OF_A_WEIGHT = 7;

/** What a network and its examples take. */
export interface Footprint {
  /** Trainable weights of the network. */
  readonly weights: number;
  /** Numbers in the outputs of all layers for one example. */
  readonly activations: number;
  /** Numbers in one input. */
  readonly numbersOfExample: number;
  /** Whether an activation other than relu follows the layers. */
  readonly nonlinear: boolean;
  /** The field that makes the network narrower, and its value. */
  readonly widthField: string;
  readonly width: unknown;
}

/** @throws {InputError} when a run would not fit in memory. */
export function checkMemory({ model, data, training }: BuiltInConfig, footprint: Footprint): void {
  const { weights, activations, numbersOfExample } = footprint;
  const mostInputs = Math.floor(MOST_INPUT_BYTES / (4 * numbersOfExample));
  if (data.examples + data.heldOut > mostInputs) {
    throw new InputError({
      code: "too-large",
      field: data.examples >= data.heldOut ? "data.examples" : "data.heldOut",
      message: `must leave the inputs (examples and heldOut together) within ${MOST_INPUT_BYTES / 1024 ** 3} GiB, ${mostInputs} examples of this size`,
      got: Math.max(data.examples, data.heldOut),
    });
  }
  if (weights > MOST_WEIGHTS) {
    throw new InputError({
      code: "too-large",
      field: footprint.widthField,
      message: `must, with the other layers, leave the network at most ${MOST_WEIGHTS} weights (this one has ${weights}); make it narrower`,
      got: footprint.width,
    });
  }
  const bytesOfExample = activations * copiesOfAnActivation(model.batchNorm, footprint.nonlinear) * 4;
  const mostExamples = Math.floor((MOST_STEP_BYTES - weights * COPIES_OF_A_WEIGHT * 4) / bytesOfExample);
  if (Math.min(training.batchSize, data.examples) > mostExamples) {
    throw new InputError({
      code: "too-large",
      field: "training.batchSize",
      message: `must leave a training step within ${MOST_STEP_BYTES / 1024 ** 3} GiB, ${mostExamples} examples for this network; lower it or make the network narrower`,
      got: training.batchSize,
    });
  }
}

/**
 * Tensors as large as a layer's output at the peak of a training step, forward and back, for each layer:
 * measured as 4 with relu or none, up to 5.4 with another activation, 20 with batch normalisation.
 */
function copiesOfAnActivation(batchNorm: boolean, nonlinear: boolean): number {
  if (batchNorm) return 20;
  return nonlinear ? 6 : 4;
}
