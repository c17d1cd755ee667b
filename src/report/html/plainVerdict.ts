// A verdict in plain words, for a person who has not read what the words of a verdict mean.

import { counted } from "../../foundation/print/counted.ts";
import { printNumber } from "../../foundation/print/printNumber.ts";
import type { LawCheck } from "../../judging/law/checkLaws.ts";
import { isStillFarOff } from "../../judging/outcome/isStillFarOff.ts";
import type { Examples } from "../../learning/subject/examples.ts";
import { inputParts } from "../../learning/subject/parts.ts";
import { judgedError } from "../../learning/training/evaluation.ts";
import type { TrainingRun } from "../../learning/training/train.ts";
import { describeAccuracy, describeMeasured } from "../describeMeasure.ts";
import { littleTold } from "../littleTold.ts";

/** What the page calls one example. */
export function nounFor(examples: Examples): "picture" | "window" | "example" {
  if (inputParts(examples).some(({ shape }) => isPicture(shape))) return "picture";
  const { inputShape } = examples;
  return inputShape.length === 2 && (inputShape[0] as number) > 1 ? "window" : "example";
}

/** Fewer pixels than this on a side show nothing to a person. */
const MIN_SIDE = 4;

/** Whether inputs of this shape can be shown as pictures: `[height, width, 1 or 3]`. */
export function isPicture(inputShape: readonly number[]): boolean {
  const [height = 0, width = 0, channels = 0] = inputShape;
  return inputShape.length === 3 && Math.min(height, width) >= MIN_SIDE && (channels === 1 || channels === 3);
}

type Judged = Pick<LawCheck, "verdict" | "laws" | "run"> & Partial<Pick<LawCheck, "notMeasured">>;

/** The verdict as a sentence. */
export function headlineOf({ verdict, laws, run }: Judged, examples: Examples): string {
  const broken = laws.filter(({ holds }) => !holds).map(({ name }) => name);
  const error = judgedError(run.train) ?? 0;
  switch (verdict) {
    case "collapsed":
      return `It answers the same for every ${nounFor(examples)}`;
    case "diverged":
      if (!run.finite) return "Its training blew up";
      return isStillFarOff(run)
        ? "Its answers are still far from the targets"
        : "Its answers ran away from the targets";
    case "stalled":
      return error > 1 ? "It does worse than a constant answer" : "It learns little of what it is shown";
    case "unfinished":
      return `Its training was ended after ${counted(run.steps, "step")}, before it could be judged`;
    case "learns":
      if (broken.length === 0)
        return littleTold(run) ? "It learns what little is known to be in its data" : "It learns";
      return broken.includes("generalises")
        ? "It learns its training examples, and fails on new ones"
        : "It learns, but not as it should";
  }
}

/** An error this near to that of the mean is no better. */
const NO_BETTER = 0.95;

/** What the verdict rests on, and how many laws are broken. */
export function explainVerdict({ laws, run, notMeasured = [] }: Judged): string {
  const broken = laws.filter(({ holds }) => !holds).length;
  const sum =
    broken === 0
      ? `${laws.length === 1 ? "Its 1 law holds" : `All ${laws.length} laws${notMeasured.length > 0 ? " that could be judged" : ""} hold`}.`
      : `${broken} of ${laws.length} laws ${broken === 1 ? "is" : "are"} broken.`;
  return `${describeError(run)} ${laws.length === 0 ? "" : sum}`.trim();
}

/** The error of a run against that of a constant. */
export function describeError({ train, finite, steps, trace }: TrainingRun): string {
  const { lossOverVariance, errorOverPrior, meanSquaredError, classes, measured } = train;
  if (!finite && steps < trace.losses.length)
    return `Its loss is not a finite number after ${counted(steps, "step")}.`;
  if (measured) return `By its own measure (${measured.name}) its error is ${describeMeasured(measured)}.`;
  if (errorOverPrior !== null) {
    const right = classes ? ` It names ${describeAccuracy(classes)}.` : "";
    return `It makes ${printNumber(errorOverPrior)} × the mistakes of always naming the commonest class.${right}`;
  }
  if (lossOverVariance === null)
    return `Its mean squared error is ${printNumber(meanSquaredError)}; its targets do not vary.`;
  const error = `Its error is ${printNumber(lossOverVariance)} × Var(Y)`;
  return lossOverVariance >= NO_BETTER
    ? `${error}: no better than always answering the mean.`
    : `${error}; always answering the mean has 1.`;
}
