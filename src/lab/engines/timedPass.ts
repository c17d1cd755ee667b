import { dispose, train as optimizers, type Scalar, type Tensor, tidy } from "@tensorflow/tfjs-core";
import { deferReads } from "../../learning/engine/deferredReads.ts";
import { createCriterion } from "../../learning/loss/criterion.ts";
import { createOptimizer } from "../../learning/optimizer/optimizer.ts";
import { createSubject } from "../../learning/subject/createSubject.ts";
import { firstExamples } from "../../learning/subject/examples.ts";
import { inputTensors, targetTensors } from "../../learning/subject/parts.ts";
import {
  type Pass,
  planPass,
  readPass,
  readPassLater,
  trainableVariables,
} from "../../learning/training/gradients.ts";
import { createProbe } from "../../learning/training/probe.ts";
import { probeSchedule } from "../../learning/training/probeSchedule.ts";
import { readAndDispose } from "../../learning/training/read.ts";
import type { Workload } from "./workload.ts";

/** What is timed. */
export interface TimedPass {
  run(): Promise<void>;
  /** How many passes a run makes: several where an engine reads the losses of several steps at once. */
  readonly passes: number;
}

/** Prepares a workload on the running engine. */
export async function preparePass(workload: Workload): Promise<TimedPass> {
  const subject = await createSubject(workload.config);
  const model = await subject.buildModel(subject.seed);
  const batch = firstExamples(subject.train, subject.batchSize);
  const criterion = createCriterion(subject.loss);
  const inputs = inputTensors(batch);
  const targets = targetTensors(batch);
  const apply = (training: boolean) => [model.apply(inputs, { training })].flat() as Tensor[];

  if (workload.pass === "forward") return once(() => finished(tidy(() => apply(false)[0] as Tensor)));

  if (workload.variant !== "learnproof") {
    const adam = optimizers.adam(0.001, 0.9, 0.999, 1e-8);
    const lossOfBatch = () => criterion.total(targets, apply(true));
    return once(() => finished(tidy(() => adam.minimize(lossOfBatch, true) as Scalar)));
  }

  const variables = trainableVariables(model);
  const passOf = planPass(model, variables, criterion);
  const optimizer = createOptimizer(subject.optimizer);
  const probe = workload.probes ? createProbe(model, subject.train, criterion) : null;
  const isProbed = probeSchedule(subject.batchSize, Number.POSITIVE_INFINITY);
  // The count starts after the first steps, which are probed more often than the rest of a run.
  let step = 64;
  const deferred = probe ? null : deferReads();
  const guard = (work: () => void) => (deferred ? deferred.guard(variables, work) : work());
  const free = ({ gradients }: Pass) =>
    dispose(gradients.filter((gradient): gradient is Tensor => gradient !== null));
  const passes = deferred?.most ?? 1;
  const run = async () => {
    for (let waiting = 1; deferred && waiting < passes; waiting++) {
      const pass = passOf(batch);
      deferred.watch(pass.loss);
      readPassLater(pass, deferred.read).catch(() => undefined);
      guard(() => optimizer.update(variables, pass.gradients));
      free(pass);
      deferred.submit();
    }
    const pass = passOf(batch);
    await readPass(pass);
    const update = () => guard(() => optimizer.update(variables, pass.gradients));
    if (probe && isProbed(++step)) await probe.measure(step, variables, pass.gradients, update);
    else update();
    free(pass);
  };
  return { run, passes };
}

function once(run: () => Promise<void>): TimedPass {
  return { run, passes: 1 };
}

/** Waits until the result of a pass has been computed. */
async function finished(result: Tensor): Promise<void> {
  await readAndDispose(result);
}
