import { average, columnVariances } from "../../foundation/numbers/statistics.ts";
import { type Criterion, lossOfOutput } from "../loss/criterion.ts";
import { findOutsideLogarithm, type OutsideLogarithm } from "../loss/logarithmDomain.ts";
import { columnsOf, lossTargets, targetParts } from "../subject/parts.ts";
import type { Subject } from "../subject/subject.ts";
import { answersOf } from "./answers.ts";
import type { Batch } from "./batches.ts";
import type { Answers } from "./gradients.ts";
import type { Trace } from "./trace.ts";

/** The steps whose losses are not recorded yet: the present one, and those before it whose reading was deferred. */
export interface OpenSteps {
  readonly count: number;
  /** Adds the next step; its answers may still be on their way. */
  add(step: number, batch: Batch, answers: Promise<Answers>): void;
  /**
   * Waits for the answers of all these steps and records them in order, up to the first loss that is NaN or infinite.
   *
   * @returns whether every loss is finite.
   */
  record(): Promise<boolean>;
}

/** @param report is called for each step but the last with its number, from 1, and its loss. */
export function createOpenSteps(
  subject: Subject,
  criterion: Criterion,
  trace: Trace,
  report: (step: number, loss: number) => void,
): OpenSteps {
  const open: { readonly step: number; readonly batch: Batch; readonly answers: Promise<Answers> }[] = [];
  const recordOne = (step: number, batch: Batch, { loss, predictions }: Answers): boolean => {
    const judged = answersOf(criterion, predictions, subject.train);
    trace.losses.push(loss);
    trace.predictionVariances.push(average(columnVariances(judged, subject.train.outputs)));
    if (Number.isFinite(loss)) return true;
    const outside = outsideLogarithm(subject, batch, predictions);
    if (outside) trace.outsideLogarithm = { step, ...outside };
    return false;
  };
  return {
    get count() {
      return open.length;
    },
    add(step, batch, answers) {
      // A run that is cancelled waits for no answer.
      answers.catch(() => undefined);
      open.push({ step, batch, answers });
    },
    async record() {
      const steps = open.splice(0);
      const answers = await Promise.all(steps.map((one) => one.answers));
      for (const [index, { step, batch }] of steps.entries()) {
        const own = answers[index] as Answers;
        if (!recordOne(step, batch, own)) return false;
        if (index < steps.length - 1) report(step + 1, own.loss);
      }
      return true;
    },
  };
}

/** Finds the first number without a logarithm, output by output. */
function outsideLogarithm(
  { loss }: Subject,
  batch: Batch,
  predictions: Float32Array,
): OutsideLogarithm | null {
  for (const part of targetParts(batch)) {
    const { values: targets } = lossTargets(batch, part);
    const own = columnsOf(predictions, batch.outputs, part);
    const found = findOutsideLogarithm(lossOfOutput(loss, part.index), targets, own);
    if (found) return found;
  }
  return null;
}
