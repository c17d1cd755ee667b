// Weights that even classes out make a rare class likelier in every answer than it is, and that is what they are for. What such
// a network tells of its inputs is not how likely it calls a class, but where it calls it likelier than elsewhere.

import { average, columnMeans } from "../../foundation/numbers/statistics.ts";
import type { OutputEvaluation } from "../../learning/training/evaluation.ts";
import type { EvenedClasses } from "./evenedClasses.ts";

/**
 * Reads the probabilities of an output for what they tell: where weights even its classes out, each number is moved and stretched
 * to the shares that the targets have, and never turned round. An output that tells nothing is left the mean of its targets.
 *
 * @returns the output itself where no weights even its classes out.
 */
export function asTold(output: OutputEvaluation, evened: EvenedClasses | undefined): OutputEvaluation {
  const { name, examples, predictions, targets } = output;
  if (evened?.get(name) === undefined) return output;
  const columns = targets.length / examples;
  const told = new Float32Array(predictions.length);
  const [meanAnswers, meanTargets] = [columnMeans(predictions, columns), columnMeans(targets, columns)];
  let [error, variance] = [0, 0];
  for (let column = 0; column < columns; column++) {
    const [answer, target] = [meanAnswers[column] as number, meanTargets[column] as number];
    const off = Array.from({ length: examples }, (_, row) => row * columns + column).map((at) => ({
      at,
      answer: (predictions[at] as number) - answer,
      target: (targets[at] as number) - target,
    }));
    const ofAnswers = average(off.map((one) => one.answer ** 2));
    const slope =
      ofAnswers > 0 ? Math.max(0, average(off.map((one) => one.answer * one.target)) / ofAnswers) : 0;
    for (const one of off) {
      told[one.at] = target + slope * one.answer;
      error += (one.target - slope * one.answer) ** 2;
      variance += one.target ** 2;
    }
  }
  return { ...output, predictions: told, lossOverVariance: variance > 0 ? error / variance : null };
}
