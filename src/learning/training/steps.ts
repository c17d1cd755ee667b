import type { Variable } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { average, columnVariances } from "../../foundation/numbers/statistics.ts";
import { type SeedStream, seedStream } from "../../foundation/random/seedStream.ts";
import type { DeferredReads } from "../engine/deferredReads.ts";
import { createCriterion } from "../loss/criterion.ts";
import type { Optimizer } from "../optimizer/optimizer.ts";
import type { Examples } from "../subject/examples.ts";
import { withGaps } from "../subject/gaps.ts";
import { sampleExamples } from "../subject/sample.ts";
import { drawingFrom } from "../subject/seededRandomness.ts";
import type { Subject } from "../subject/subject.ts";
import { shuffledBatches, shuffledBy } from "./batches.ts";
import { planConstraints } from "./constraints.ts";
import { deferReadsOf, untrainedVariables } from "./deferral.ts";
import { createEpochEnds } from "./epochEnds.ts";
import { evaluate } from "./evaluation.ts";
import {
  disposeGradients,
  type Pass,
  planPass,
  readPass,
  readPassLater,
  trainableVariables,
} from "./gradients.ts";
import type { LateWatch } from "./lateErrors.ts";
import { createOpenSteps } from "./openSteps.ts";
import type { TrainOptions } from "./options.ts";
import { createProbe } from "./probe.ts";
import { MOST_PROBED, probeSchedule } from "./probeSchedule.ts";
import type { Trace } from "./trace.ts";

/** Returns the training examples that the probes and the survey use. */
export function probedOf({ train, seed }: Subject): Examples {
  return sampleExamples(train, seed, MOST_PROBED);
}

export interface StepOptions extends TrainOptions {
  /** Measures the model after some of the updates. */
  readonly lateErrors?: LateWatch | null | undefined;
}

/** Trains a model step by step, until the run ends, and returns what was measured. */
export async function runSteps(
  subject: Subject,
  model: LayersModel,
  optimizer: Optimizer,
  options: StepOptions,
): Promise<Trace> {
  const deferred = deferReadsOf(subject, model, options.isOver !== undefined);
  try {
    return await makeSteps(subject, model, optimizer, options, deferred);
  } finally {
    deferred?.dispose();
  }
}

async function makeSteps(
  subject: Subject,
  model: LayersModel,
  optimizer: Optimizer,
  { onProgress, signal, until, isOver, probes = true, lateErrors }: StepOptions,
  deferred: DeferredReads | null,
): Promise<Trace> {
  const criterion = createCriterion(subject.loss);
  const variables = trainableVariables(model);
  const passOf = planPass(model, variables, criterion, subject.repeatedRows !== undefined);
  const constrain = planConstraints(model);
  const trace: Trace = { losses: [], predictionVariances: [], probes: [] };
  const batches = shuffledBatches(
    withGaps(subject.train, subject.gaps),
    subject.batchSize,
    shuffledBy(subject),
  );
  const epochEnds = createEpochEnds(subject, { model, optimizer, criterion });
  const probe = probes ? createProbe(model, probedOf(subject), criterion) : null;
  // Each layer draws from its own random stream; a loss or an optimizer of the user's may draw random numbers too.
  const [randomOfLoss, randomOfOptimizer] = [
    streamOnce(subject.seed, "random/loss"),
    streamOnce(subject.seed, "random/optimizer"),
  ];
  const judged = sampleExamples(subject.train, subject.seed);
  const isProbed = probeSchedule(subject.batchSize, subject.train.count);
  const averages = deferred ? untrainedVariables(model) : [];
  const guard = <Result>(weights: readonly Variable[], work: () => Result): Result =>
    deferred ? deferred.guard(weights, work) : work();
  const update = ({ gradients, lookups }: Pass) =>
    guard(variables, () => {
      const rows = lookups && subject.repeatedRows && { lookups, squares: subject.repeatedRows };
      drawingFrom(randomOfOptimizer, () => optimizer.update(variables, gradients, rows));
      constrain?.();
    });

  const { steps } = subject;
  const targetVariance = onProgress
    ? average(columnVariances(subject.train.targets, subject.train.outputs))
    : 0;
  const report = (step: number, loss: number | null) =>
    onProgress?.({ task: "training", step, steps, loss, targetVariance });
  const open = createOpenSteps(subject, criterion, trace, report);
  /** Whether the loss of a step can wait: nothing is measured, decided or ended right before or after its update. */
  const canWait = (step: number): boolean => {
    const made = step + 1;
    if (!deferred || made === steps || open.count + 1 === deferred.most || (probe && isProbed(step)))
      return false;
    return !(
      lateErrors?.measuresAfter(made) ||
      epochEnds?.asksAfter(made) ||
      (until && made % until.every === 0)
    );
  };
  report(0, null);
  try {
    for (let step = 0; step < steps; step++) {
      signal?.throwIfAborted();
      if (isOver?.(trace)) {
        trace.cutShort = true;
        break;
      }
      if (until && step % until.every === 0) {
        const evaluation = await evaluate(model, judged, criterion);
        if (until.reached(evaluation) || until.isHopeless?.(evaluation, step)) break;
      }
      const batch = batches.next().value;
      const pass = drawingFrom(randomOfLoss, () => guard(averages, () => passOf(batch)));
      try {
        if (deferred && canWait(step)) {
          deferred.watch(pass.loss);
          open.add(step, batch, readPassLater(pass, deferred.read));
          update(pass);
          deferred.submit();
          await new Promise(setImmediate);
          continue;
        }
        open.add(step, batch, readPass(pass));
        if (!(await open.record())) break;
        if (probe && isProbed(step))
          trace.probes.push(await probe.measure(step, variables, pass.gradients, () => update(pass)));
        else update(pass);
      } finally {
        disposeGradients(pass);
      }
      if (lateErrors?.measuresAfter(step + 1)) await lateErrors.measure();
      report(step + 1, trace.losses.at(-1) as number);
      await new Promise(setImmediate);
      if (epochEnds?.asksAfter(step + 1) && (await epochEnds.endsAfter(trace))) break;
    }
  } finally {
    optimizer.finish?.(variables);
    epochEnds?.finish();
  }
  return trace;
}

/** Returns a function that creates the random stream on its first call. */
function streamOnce(seed: number, name: string): () => SeedStream {
  let stream: SeedStream | undefined;
  return () => {
    stream ??= seedStream(seed, name);
    return stream;
  };
}
