import { correlation } from "../../../foundation/numbers/statistics.ts";
import type { Examples } from "../../../learning/subject/examples.ts";
import { toChanges, windowsOf } from "../../../learning/subject/lastValue.ts";
import type { Subject } from "../../../learning/subject/subject.ts";
import type { Evaluation } from "../../../learning/training/evaluation.ts";
import type { TrainingRun } from "../../../learning/training/train.ts";
import { stepsAsked, wasCut } from "../../outcome/stepsMade.ts";
import { judgedRows } from "../../rung/judgedRows.ts";
import { leftOfSmallChanges } from "./meanReversion.ts";
import { errorOfLastValue, leftOfChanges, MOST_LEFT } from "./series.ts";

/** A run on a series, beside the forecast that nothing changes. */
export interface AgainstLastValue {
  /** Its error over that of the last value. */
  readonly ratio: number;
  /** Whether it beats the last value, or knows where the series goes from there, as far as that can be known. */
  readonly beats: boolean;
  readonly isHeldOut: boolean;
  /** Whether it does not beat the last value, and was ended so early that the steps which it did not make may still do it. */
  readonly isOpen: boolean;
}

/**
 * A forecast whose changes from the last value go with the real ones has learnt dynamics, though it may be less exact than a
 * series that hardly moves from one step to the next; one that repeats the value has not, whatever its error. An LSTM that passed
 * the last value after 15 of 25 epochs had a correlation of 0.38 at 1.04 times its error, and of 0.42 at 0.99. The correlation
 * of 256 changes that have nothing to do with each other is beyond 0.33 once in ten million. A forecast that explains four fifths
 * of the variance and merely draws the last value towards the mean stays below 0.24.
 */
const GOES_WITH = 0.33;
/**
 * Where the windows surely tell a little of the changes, nobody beats the last value by much, and the changes that a forecast
 * foretells are too small to be seen among the real ones. It has learnt the series if it leaves hardly more than a reference.
 */
const OF_THE_REFERENCE = 1.25;

/**
 * A forecast whose error is so many times that of the last value repeats nothing: it is off by three times as much as the
 * series changes. Networks that do repeat it ended at 2.6 and 3.5 times.
 */
const NO_REPETITION = 10;

/**
 * A network repeats the last value before it learns more, and may pass it late: one that was ended before this share of its
 * steps may still do it.
 */
const NEARLY_ALL = 0.9;

/**
 * Lays a run beside the last value, on held-out rows where there are some.
 *
 * @returns null where the inputs are no windows of a series, and where nothing in the windows tells the changes, so that nobody
 * can beat the last value, and the run is far from repeating it.
 */
export function againstLastValue(
  subject: Subject,
  run: Pick<TrainingRun, "train" | "heldOut" | "steps" | "trace">,
): AgainstLastValue | null {
  const { train, heldOut } = run;
  const isHeldOut = heldOut !== null && subject.heldOut !== null;
  const examples = isHeldOut ? subject.heldOut : judgedRows(subject).examples;
  const judged = isHeldOut ? heldOut : train;
  // Held-out rows that a split has drawn may be too few to follow each other.
  const ofLastValue = errorOfLastValue(examples, windowsOf(subject.train));
  if (ofLastValue === null || judged.lossOverVariance === null) return null;
  const ratio = judged.lossOverVariance / ofLastValue;
  if (ratio >= NO_REPETITION && (leftOfChanges(subject.train) ?? 0) >= MOST_LEFT) return null;
  const beats =
    ratio < 1 ||
    goesAlong(examples, subject.train, judged) ||
    ratio < OF_THE_REFERENCE * (leftOfSmallChanges(subject.train) ?? 0);
  const endedEarly = wasCut(run, subject) && run.steps < NEARLY_ALL * stepsAsked(subject);
  return { ratio, beats, isHeldOut, isOpen: !beats && endedEarly };
}

/** Whether the changes that a run predicts from the last values go with the real ones. */
function goesAlong(examples: Examples, train: Examples, { outputs: judged }: Evaluation): boolean {
  const [predictions, ...others] = judged.map((output) => output.predictions);
  if (!predictions || others.length > 0 || predictions.length !== examples.targets.length) return false;
  const changes = (targets: Float32Array) => toChanges({ ...examples, targets }, train, "targets").targets;
  return (correlation(changes(predictions), changes(examples.targets)) ?? 0) >= GOES_WITH;
}
