import type { Tensor } from "@tensorflow/tfjs-core";
import { createLoss } from "../loss/loss.ts";
import { seedStream } from "../random/seedStream.ts";
import type { Subject } from "../subject/subject.ts";
import { shuffledBatches } from "../training/batches.ts";
import { planGradients, trainableVariables } from "../training/gradients.ts";
import { readAndDispose } from "../training/read.ts";

/**
 * The gradients of a run's first batch, before any update: the same on every engine but for rounding, which grows
 * from step to step.
 *
 * @returns one for each weight that the loss depends on, in layer order, row by row.
 */
export async function firstGradients(subject: Subject): Promise<Float32Array[]> {
  const model = await subject.buildModel(subject.seed);
  try {
    const passOf = planGradients(model, trainableVariables(model), createLoss(subject.loss));
    const batches = shuffledBatches(subject.train, subject.batchSize, seedStream(subject.seed, "shuffle"));
    const { gradients } = await passOf(batches.next().value);
    return await Promise.all(
      gradients.filter((gradient): gradient is Tensor => gradient !== null).map(readAndDispose),
    );
  } finally {
    model.dispose();
  }
}
