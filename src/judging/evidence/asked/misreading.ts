// A script may read the answers of a network in a way that tells nothing, whatever the network has learnt.

import { printNumber } from "../../../foundation/print/printNumber.ts";
import { createCriterion } from "../../../learning/loss/criterion.ts";
import type { Question, Reading } from "../../../learning/subject/asked/question.ts";
import type { Subject } from "../../../learning/subject/subject.ts";
import type { Evaluation } from "../../../learning/training/evaluation.ts";
import type { TrainingRun } from "../../../learning/training/train.ts";
import type { FoundFault } from "./findAskedFaults.ts";
import { isReadBackwards } from "./readBackwards.ts";

/**
 * Says how the answers of a question are misread; null where they are not.
 *
 * @param asAsked how well the question is answered; null where it is not known.
 */
export function findMisreading(
  subject: Subject,
  run: TrainingRun,
  question: Question,
  asAsked: Evaluation | null,
): FoundFault | null {
  for (const reading of question.readings) {
    const words = wordsOf(reading, subject, run);
    if (words) return misread(reading, words);
    if (asAsked && isReadBackwards(subject, run, { question, asAsked, reading })) {
      const bound = printNumber(reading.at ?? 0);
      const { column } = reading;
      if (column !== undefined && subject.train.outputs > 1)
        return misread(
          reading,
          `takes output ${column}, which is the share of class ${column}, for that of the other class: most of its decisions are wrong, on the rows that it asks about and on those of training alike; take [:, ${1 - column}], or argmax over both`,
        );
      const [own, other] = reading.above ? ["above", `below ${bound}`] : ["below", `above ${bound}`];
      const backwards = `takes the answers the wrong way round: most of its decisions are wrong, on the rows that it asks about and on those of training alike: the network gives answers ${other} to the rows of the class that the script looks for ${own} it; turn the comparison round`;
      return misread(reading, backwards);
    }
  }
  return null;
}

function misread(reading: Reading, words: string): FoundFault {
  return {
    kind: "misread",
    place: reading.place,
    words: `the script${at(reading)} ${words}`,
    repair: "reading",
  };
}

function at({ place }: Reading): string {
  return place ? ` (${place.file}:${place.line})` : "";
}

function wordsOf(reading: Reading, subject: Subject, run: TrainingRun): string | null {
  const { does, over, at: bound } = reading;
  if (does === "argmax" && reading.along === "rows" && reading.equated)
    return `takes argmax along axis 0, which gives for each of the ${subject.train.outputs} classes the row that is surest of it, and for no row a class, and compares that: take argmax along axis 1`;
  if (does === "argmax" && over === 1)
    return `takes argmax over a single output, which is 0 for every row: ${instead(subject)}`;
  const isHalf = does === "round" || (does === "threshold" && bound === HALF);
  if (isHalf && givesLogits(subject, run))
    return "compares logits with 0.5, which stands for a probability of 0.62: compare them with 0, or their sigmoid with 0.5";
  return null;
}

/** Class numbers that are predicted as quantities want an output for each class before anything is read from them. */
function instead({ train: { targets, outputs } }: Subject): string {
  const classes = new Set(targets).size;
  const areNumbers =
    outputs === 1 && classes > 2 && classes <= MOST_CLASSES && targets.every(Number.isInteger);
  return areNumbers
    ? `the targets are the numbers of ${classes} classes, each of which wants an output of its own, with softmax and a crossentropy for class numbers`
    : "compare the output with a threshold instead, such as 0.5 for a sigmoid";
}

const MOST_CLASSES = 100;
const HALF = 0.5;

/**
 * Whether the only output is a logit of which the loss takes the sigmoid, and some are below 0: where the network ends in a
 * sigmoid of its own, it is the loss that is at fault.
 */
function givesLogits({ train, loss }: Subject, run: TrainingRun): boolean {
  if (train.outputs !== 1 || train.classification !== true || createCriterion(loss).linkOf(0) === null)
    return false;
  return run.train.predictions.some((probability) => probability < CLEARLY_BELOW_HALF);
}

const CLEARLY_BELOW_HALF = 0.4;
