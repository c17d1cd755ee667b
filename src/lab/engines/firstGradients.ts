import type { Tensor } from "@tensorflow/tfjs-core";
import { createCriterion } from "../../learning/loss/criterion.ts";
import type { Subject } from "../../learning/subject/subject.ts";
import { shuffledBatches, shuffledBy } from "../../learning/training/batches.ts";
import { planGradients, trainableVariables } from "../../learning/training/gradients.ts";
import { readAndDispose } from "../../learning/training/read.ts";

/**
 * Computes the gradients of a run's first batch, before any update. Engines differ in them only by rounding; later
 * steps would magnify such differences.
 *
 * @returns one gradient for each weight that the loss depends on, in layer order, row by row.
 */
export async function firstGradients(subject: Subject): Promise<Float32Array[]> {
  const model = await subject.buildModel(subject.seed);
  try {
    const passOf = planGradients(model, trainableVariables(model), createCriterion(subject.loss));
    const batches = shuffledBatches(subject.train, subject.batchSize, shuffledBy(subject));
    const { gradients } = await passOf(batches.next().value);
    return await Promise.all(
      gradients.filter((gradient): gradient is Tensor => gradient !== null).map(readAndDispose),
    );
  } finally {
    model.dispose();
  }
}
