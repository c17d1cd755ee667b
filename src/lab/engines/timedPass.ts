import { dispose, train as optimizers, type Scalar, type Tensor, tidy } from "@tensorflow/tfjs-core";
import { createCriterion } from "../../learning/loss/criterion.ts";
import { createOptimizer } from "../../learning/optimizer/optimizer.ts";
import { createSubject } from "../../learning/subject/createSubject.ts";
import { firstExamples } from "../../learning/subject/examples.ts";
import { inputTensors, targetTensors } from "../../learning/subject/parts.ts";
import { planGradients, trainableVariables } from "../../learning/training/gradients.ts";
import { createProbe } from "../../learning/training/probe.ts";
import { probeSchedule } from "../../learning/training/probeSchedule.ts";
import { readAndDispose } from "../../learning/training/read.ts";
import type { Workload } from "./workload.ts";

/** Prepares a workload on the running engine; each call of the result makes one pass. */
export async function preparePass(workload: Workload): Promise<() => Promise<void>> {
  const subject = await createSubject(workload.config);
  const model = await subject.buildModel(subject.seed);
  const batch = firstExamples(subject.train, subject.batchSize);
  const criterion = createCriterion(subject.loss);
  const inputs = inputTensors(batch);
  const targets = targetTensors(batch);
  const apply = (training: boolean) => [model.apply(inputs, { training })].flat() as Tensor[];

  if (workload.pass === "forward") return () => finished(tidy(() => apply(false)[0] as Tensor));

  if (workload.variant !== "learnproof") {
    const adam = optimizers.adam(0.001, 0.9, 0.999, 1e-8);
    const lossOfBatch = () => criterion.total(targets, apply(true));
    return () => finished(tidy(() => adam.minimize(lossOfBatch, true) as Scalar));
  }

  const variables = trainableVariables(model);
  const passOf = planGradients(model, variables, criterion);
  const optimizer = createOptimizer(subject.optimizer);
  const probe = workload.probes ? createProbe(model, subject.train, criterion) : null;
  const isProbed = probeSchedule(subject.batchSize, Number.POSITIVE_INFINITY);
  // The count starts after the first steps, which are probed more often than the rest of a run.
  let step = 64;
  return async () => {
    const { gradients } = await passOf(batch);
    const update = () => optimizer.update(variables, gradients);
    if (probe && isProbed(++step)) await probe.measure(step, variables, gradients, update);
    else update();
    dispose(gradients.filter((gradient): gradient is Tensor => gradient !== null));
  };
}

/** Waits until the result of a pass has been computed. */
async function finished(result: Tensor): Promise<void> {
  await readAndDispose(result);
}
