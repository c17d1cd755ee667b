// A threshold may be read the wrong way round, as where a large distance of a siamese network is taken for likeness.

import { createCriterion } from "../../../learning/loss/criterion.ts";
import type { Question, Reading } from "../../../learning/subject/asked/question.ts";
import type { Examples } from "../../../learning/subject/examples.ts";
import type { Subject } from "../../../learning/subject/subject.ts";
import type { Evaluation } from "../../../learning/training/evaluation.ts";
import type { TrainingRun } from "../../../learning/training/train.ts";

/** With fewer rows, chance decides which of them are wrong. */
const FEWEST_ROWS = 20;
/** So many of the decisions are wrong, and more than half of those about each class: a bound that is too low errs in one. */
const WRONG = 0.8;
const WRONG_OF_CLASS = 0.5;

interface Asked {
  readonly question: Question;
  readonly asAsked: Evaluation;
  readonly reading: Reading;
}

/**
 * Whether nearly all that a threshold decides is wrong, and would be right the other way round. That holds of the training
 * rows too: otherwise the script compares with the other class on purpose, or with other labels.
 */
export function isReadBackwards(
  { train, loss }: Subject,
  run: TrainingRun,
  { question, asAsked, reading }: Asked,
): boolean {
  const { does, at, above, decided, column } = reading;
  if (does !== "threshold" || at === undefined || above === undefined || !decided) return false;
  if (question.targets === null || question.targets === "compared") return false;
  if (train.outputs !== 1 && !(train.outputs === 2 && column !== undefined)) return false;
  if (question.examples.count < FEWEST_ROWS) return false;
  // A script that decides both ways compares the two.
  if (question.readings.some((other) => other.decided && (other.above !== above || other.column !== column)))
    return false;
  if (train.outputs === 2) return isOtherColumn(train, run, { question, asAsked, reading });
  const bound = createCriterion(loss).linkOf(0) === null ? at : 1 / (1 + Math.exp(-at));
  const classes = [...new Set(train.targets)].sort((a, b) => a - b);
  return [asAsked, run.train].every((rows) =>
    areMostlyWrong(rows, classes, (answer) => answer > bound === above),
  );
}

/** Two shares of a softmax, of which the first is that of class 0: a threshold over one of them decides about the other class. */
function isOtherColumn(train: Examples, run: TrainingRun, { asAsked, reading }: Asked): boolean {
  const { at = 0, above, column = 0 } = reading;
  if (train.classification !== true) return false;
  const ofClass = (table: Float32Array, number: number) => table.filter((_, place) => place % 2 === number);
  return [asAsked, run.train].every(({ predictions, targets }) =>
    areMostlyWrong(
      { predictions: ofClass(predictions, column), targets: ofClass(targets, 1) },
      [0, 1],
      (answer) => answer > at === above,
    ),
  );
}

function areMostlyWrong(
  { predictions, targets }: Pick<Evaluation, "predictions" | "targets">,
  [low, high, ...others]: readonly number[],
  decide: (answer: number) => boolean,
): boolean {
  if (high === undefined || others.length > 0) return false;
  const [all, wrong] = [
    [0, 0],
    [0, 0],
  ];
  for (let row = 0; row < targets.length; row++) {
    const target = targets[row];
    if (target !== low && target !== high) return false;
    const own = target === high ? 1 : 0;
    all[own] = (all[own] ?? 0) + 1;
    if (decide(predictions[row] as number) !== (own === 1)) wrong[own] = (wrong[own] ?? 0) + 1;
  }
  const [allLow = 0, allHigh = 0] = all;
  const [wrongLow = 0, wrongHigh = 0] = wrong;
  return (
    wrongLow + wrongHigh >= WRONG * (allLow + allHigh) &&
    wrongLow > WRONG_OF_CLASS * allLow &&
    wrongHigh > WRONG_OF_CLASS * allHigh
  );
}
