import { dispose, type Tensor } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { allFinite, average, columnVariances } from "../../foundation/numbers/statistics.ts";
import { type SeedStream, seedStream } from "../../foundation/random/seedStream.ts";
import { watchBackend } from "../engine/keepBackend.ts";
import { createCriterion, lossOfOutput } from "../loss/criterion.ts";
import { findOutsideLogarithm, type OutsideLogarithm } from "../loss/logarithmDomain.ts";
import type { Optimizer } from "../optimizer/optimizer.ts";
import { createOptimizer } from "../optimizer/optimizer.ts";
import { noteVariables } from "../subject/disposeModel.ts";
import type { Examples } from "../subject/examples.ts";
import { columnsOf, targetParts } from "../subject/parts.ts";
import { sampleExamples } from "../subject/sample.ts";
import { drawingFrom } from "../subject/seededRandomness.ts";
import type { Subject } from "../subject/subject.ts";
import { answersOf } from "./answers.ts";
import { type Batch, shuffledBatches } from "./batches.ts";
import { planConstraints } from "./constraints.ts";
import { digestRun } from "./digest.ts";
import { createStopper } from "./earlyStopping.ts";
import { type Evaluation, evaluate } from "./evaluation.ts";
import { type Gradients, planGradients, trainableVariables } from "./gradients.ts";
import { type LateErrors, watchLateErrors } from "./lateErrors.ts";
import { layersWithWeights, readWeights } from "./layerWeights.ts";
import { createProbe } from "./probe.ts";
import { MOST_PROBED, probeSchedule } from "./probeSchedule.ts";
import type { Watch } from "./progress.ts";
import { beginSurvey, type Survey } from "./survey.ts";
import type { Trace } from "./trace.ts";

/** A finished run: what was measured during training, and how good the final model is. */
export interface TrainingRun {
  readonly trace: Trace;
  /** Updates made: the subject's steps, or fewer where the run ended early. */
  readonly steps: number;
  /** Whether every loss and every weight is finite. */
  readonly finite: boolean;
  /** Evaluation on at most 256 training examples: all of them, or a random sample that the seed determines. */
  readonly train: Evaluation;
  /** Evaluation on every held-out example; null if there are none. */
  readonly heldOut: Evaluation | null;
  /** The errors near the end of the run; left out unless they were asked for. */
  readonly late?: LateErrors;
  /** The survey of the finished model; null if probes were turned off. */
  readonly survey: Survey | null;
  /**
   * SHA-256, in hexadecimal, of the losses and then of the final weights in layer order, as little-endian float32: two
   * runs with the same digest did the same arithmetic, bit for bit.
   */
  readonly digest: string;
}

/** Ends a run early once the model predicts its training examples well enough, or can no longer succeed. */
export interface StoppingRule {
  /** Number of steps between two checks; each check costs a forward pass. */
  readonly every: number;
  /** Whether the run has got where it should, and may end. */
  readonly reached: (evaluation: Evaluation) => boolean;
  /** Whether it is useless to continue after this many steps. @defaultValue never */
  readonly isHopeless?: (evaluation: Evaluation, steps: number) => boolean;
}

export interface TrainOptions extends Watch {
  readonly until?: StoppingRule | undefined;
  /** Whether the time that the caller allows is spent; asked before each step, it ends the run. @defaultValue never */
  readonly isOver?: (() => boolean) | undefined;
  /** Whether to probe the model at the steps of the probe schedule and to survey it at the end. @defaultValue true */
  readonly probes?: boolean;
  /** Whether to measure the errors at several steps near the end. @defaultValue false */
  readonly late?: boolean;
}

/**
 * Trains a subject from its initial weights, step by step, and measures the result.
 *
 * Training is deterministic: on one engine the same subject gives the same bits. It ends early if the loss is not
 * finite, yields to the event loop at every step, and leaves no tensor behind.
 *
 * @throws the reason of `options.signal`, where it was aborted.
 */
export async function train(
  created: Subject | Promise<Subject>,
  options: TrainOptions = {},
): Promise<TrainingRun> {
  const subject = await created;
  const checkBackend = watchBackend();
  const disposeModel = noteVariables();
  const model = await subject.buildModel(subject.seed);
  let optimizer: Optimizer | undefined;
  let failed = false;
  try {
    await checkBackend("buildModel");
    optimizer = createOptimizer(subject.optimizer);
    await checkBackend("optimizer");
    const survey =
      options.probes === false
        ? null
        : await beginSurvey(model, probedOf(subject), createCriterion(subject.loss));
    const late = options.late ? watchLateErrors(subject, model, createCriterion(subject.loss)) : null;
    const trace = await runSteps(subject, model, optimizer, { ...options, afterStep: late?.after });
    await checkBackend("a loss, an optimizer or a layer");
    return {
      ...(await finish(subject, model, trace)),
      ...(late && { late: late.errors }),
      survey: (await survey?.()) ?? null,
    };
  } catch (error) {
    failed = true;
    throw error;
  } finally {
    disposeModel(model);
    disposeOptimizer(optimizer, failed);
  }
}

/**
 * Disposes the optimizer. An invalid optimizer may throw here too; that error is dropped if training failed before,
 * because the first error must be reported.
 */
function disposeOptimizer(optimizer: Optimizer | undefined, failed: boolean): void {
  try {
    optimizer?.dispose();
  } catch (error) {
    if (!failed) throw error;
  }
}

/** Returns the training examples that the probes and the survey use. */
function probedOf({ train, seed }: Subject): Examples {
  return sampleExamples(train, seed, MOST_PROBED);
}

interface StepOptions extends TrainOptions {
  /** Called after each update with the number of updates made. */
  readonly afterStep?: ((updates: number) => Promise<void>) | undefined;
}

async function runSteps(
  subject: Subject,
  model: LayersModel,
  optimizer: Optimizer,
  { onProgress, signal, until, isOver, probes = true, afterStep }: StepOptions,
): Promise<Trace> {
  const criterion = createCriterion(subject.loss);
  const variables = trainableVariables(model);
  const passOf = planGradients(model, variables, criterion);
  const constrain = planConstraints(model);
  const trace: Trace = { losses: [], predictionVariances: [], probes: [] };
  const order = subject.shuffle === false ? null : seedStream(subject.seed, "shuffle");
  const batches = shuffledBatches(subject.train, subject.batchSize, order);
  const stopper = createStopper(subject, model, async () =>
    subject.heldOut ? (await evaluate(model, subject.heldOut, criterion)).loss : Number.NaN,
  );
  const probe = probes ? createProbe(model, probedOf(subject), criterion) : null;
  // Each layer draws from its own random stream; a loss or an optimizer of the user's may draw random numbers too.
  const [randomOfLoss, randomOfOptimizer] = [
    streamOnce(subject.seed, "random/loss"),
    streamOnce(subject.seed, "random/optimizer"),
  ];
  const judged = sampleExamples(subject.train, subject.seed);
  const isProbed = probeSchedule(subject.batchSize, subject.train.count);

  const { steps } = subject;
  const targetVariance = onProgress
    ? average(columnVariances(subject.train.targets, subject.train.outputs))
    : 0;
  const report = (step: number, loss: number | null) =>
    onProgress?.({ task: "training", step, steps, loss, targetVariance });
  report(0, null);
  try {
    for (let step = 0; step < steps; step++) {
      signal?.throwIfAborted();
      if (isOver?.()) break;
      if (until && step % until.every === 0) {
        const evaluation = await evaluate(model, judged, criterion);
        if (until.reached(evaluation) || until.isHopeless?.(evaluation, step)) break;
      }
      const batch = batches.next().value;
      const pass = await drawingFrom(randomOfLoss, () => passOf(batch));
      record(trace, pass.loss, answersOf(criterion, pass.predictions, subject.train), subject.train.outputs);
      try {
        if (Number.isFinite(pass.loss)) {
          const update = () => {
            drawingFrom(randomOfOptimizer, () => optimizer.update(variables, pass.gradients));
            constrain?.();
          };
          if (probe && isProbed(step))
            trace.probes.push(await probe.measure(step, variables, pass.gradients, update));
          else update();
        }
      } finally {
        dispose(pass.gradients.filter((gradient): gradient is Tensor => gradient !== null));
      }
      if (!Number.isFinite(pass.loss)) {
        const outside = outsideLogarithm(subject, batch, pass);
        if (outside) trace.outsideLogarithm = { step, ...outside };
        break;
      }
      await afterStep?.(step + 1);
      report(step + 1, pass.loss);
      await new Promise(setImmediate);
      if (await stopper?.endsAfter(trace.losses)) break;
    }
  } finally {
    stopper?.finish();
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

/** Finds the first number without a logarithm, output by output. */
function outsideLogarithm(
  { loss }: Subject,
  batch: Batch,
  { predictions }: Gradients,
): OutsideLogarithm | null {
  for (const part of targetParts(batch)) {
    const own = (table: Float32Array) => columnsOf(table, batch.outputs, part);
    const found = findOutsideLogarithm(lossOfOutput(loss, part.index), own(batch.targets), own(predictions));
    if (found) return found;
  }
  return null;
}

function record(trace: Trace, loss: number, predictions: Float32Array, outputs: number): void {
  trace.losses.push(loss);
  trace.predictionVariances.push(average(columnVariances(predictions, outputs)));
}

async function finish(
  subject: Subject,
  model: LayersModel,
  trace: Trace,
): Promise<Omit<TrainingRun, "survey">> {
  const criterion = createCriterion(subject.loss);
  const finiteLosses = trace.losses.filter(Number.isFinite).length;
  const weights = await Promise.all(layersWithWeights(model).map(readWeights));
  return {
    trace,
    steps: finiteLosses,
    finite: finiteLosses === trace.losses.length && weights.flat().every(allFinite),
    train: await evaluate(model, sampleExamples(subject.train, subject.seed), criterion),
    heldOut: subject.heldOut && (await evaluate(model, subject.heldOut, criterion)),
    digest: await digestRun(trace.losses, model),
  };
}
