import type { LayersModel } from "@tensorflow/tfjs-layers";
import { allFinite } from "../../foundation/numbers/statistics.ts";
import { watchBackend } from "../engine/keepBackend.ts";
import { createCriterion } from "../loss/criterion.ts";
import type { Optimizer } from "../optimizer/optimizer.ts";
import { createOptimizer } from "../optimizer/optimizer.ts";
import { noteVariables } from "../subject/disposeModel.ts";
import { sampleExamples } from "../subject/sample.ts";
import type { Subject } from "../subject/subject.ts";
import { type AskedEvaluation, answerAsked, answerOtherwise } from "./askedEvaluation.ts";
import { digestRun } from "./digest.ts";
import { type Evaluation, evaluate } from "./evaluation.ts";
import { type LateErrors, watchLateErrors } from "./lateErrors.ts";
import { layersWithWeights, readWeights } from "./layerWeights.ts";
import type { StoppingRule, TrainOptions } from "./options.ts";
import { probedOf, runSteps } from "./steps.ts";
import { beginSurvey, type Survey } from "./survey.ts";
import type { Trace } from "./trace.ts";

export type { StoppingRule, TrainOptions };

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
  /** Evaluation on the held-out examples prepared in other ways; left out where the subject has none. */
  readonly heldOutOtherwise?: AskedEvaluation["otherwise"];
  /** Evaluation on the questions of the subject's `asked`, in order; left out where it has none. */
  readonly asked?: readonly AskedEvaluation[];
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
    const trace = await runSteps(subject, model, optimizer, { ...options, lateErrors: late });
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
    ...(subject.heldOutOtherwise && { heldOutOtherwise: await answerOtherwise(subject, model, criterion) }),
    ...(subject.asked && { asked: await answerAsked(subject, model, criterion) }),
    digest: await digestRun(trace.losses, model),
  };
}
