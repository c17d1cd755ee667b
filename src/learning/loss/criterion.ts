import { add, mul, type Scalar, type Tensor, tidy } from "@tensorflow/tfjs-core";
import type { LossConfig } from "../config/schema.ts";
import { type Link, linkOfLoss } from "./link.ts";
import { createLoss, type Loss } from "./loss.ts";

/** The loss of one output of a model. */
export interface OutputLoss {
  /** The config of a named loss, or a custom loss function. */
  readonly loss: LossConfig | Loss;
  /** The factor of this loss in the sum over the outputs. */
  readonly weight: number;
}

/** One loss, which every output of the model gets, or a loss and a weight for each output, in the model's order. */
export type LossChoice = LossConfig | Loss | readonly OutputLoss[];

/** What training minimises: the weighted sum of the losses of all outputs. */
export interface Criterion {
  /**
   * Computes the sum.
   *
   * @param targets one tensor for each output of the model, as are the predictions.
   * @param weights one tensor `[batch]` or `[batch, steps]` for each output. @defaultValue every example counts alike
   * @returns a scalar. The caller disposes it.
   */
  total(targets: readonly Tensor[], predictions: readonly Tensor[], weights?: readonly Tensor[]): Scalar;
  /** Computes the loss of one output alone, without its weight. The caller disposes it. */
  ofOutput(output: number, targets: Tensor, predictions: Tensor, weights?: Tensor): Scalar;
  /** The factor of an output's loss in the sum. */
  weightOf(output: number): number;
  /** Whether an output's loss wants the logits behind its probabilities. */
  takesLogits(output: number): boolean;
  /** What turns an output into the predictions that are judged; null where the output is the prediction. */
  linkOf(output: number): Link | null;
}

/** Creates the criterion that a subject's loss describes. */
export function createCriterion(choice: LossChoice): Criterion {
  const ofEach = Array.isArray(choice)
    ? (choice as readonly OutputLoss[]).map(({ loss, weight }) => ({ loss: createLoss(loss), weight }))
    : null;
  const shared = ofEach ? null : { loss: createLoss(choice as LossConfig | Loss), weight: 1 };
  const at = (output: number) => (ofEach?.[output] ?? shared) as { loss: Loss; weight: number };
  return {
    total: (targets, predictions, weights) =>
      tidy(() =>
        targets
          .map((target, output) => {
            const { loss, weight } = at(output);
            const value = loss(target, predictions[output] as Tensor, weights?.[output]);
            return weight === 1 ? value : mul(value, weight);
          })
          .reduce((sum, value) => add(sum, value)),
      ) as Scalar,
    ofOutput: (output, targets, predictions, weights) => at(output).loss(targets, predictions, weights),
    weightOf: (output) => at(output).weight,
    takesLogits: (output) => {
      const loss = lossOfOutput(choice, output);
      return typeof loss !== "function" && loss.name === "binaryCrossentropy" && loss.clipped === false;
    },
    linkOf: (output) => linkOfLoss(lossOfOutput(choice, output)),
  };
}

/** Returns the loss of one output. */
export function lossOfOutput(choice: LossChoice, output: number): LossConfig | Loss {
  if (!Array.isArray(choice)) return choice as LossConfig | Loss;
  return (choice[output] as OutputLoss).loss;
}
