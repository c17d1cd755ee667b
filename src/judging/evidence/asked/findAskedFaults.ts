// Looks for what is wrong with the questions that a script asks its trained model. Only what is sure counts: people rightly
// ask about single rows, about a grid beyond the data, or about noise.

import { printNumber } from "../../../foundation/print/printNumber.ts";
import type { Preparation } from "../../../learning/config/preparations.ts";
import type { Question } from "../../../learning/subject/asked/question.ts";
import { givesBackItsInputs } from "../../../learning/subject/codeWidth.ts";
import type { Examples } from "../../../learning/subject/examples.ts";
import type { Subject } from "../../../learning/subject/subject.ts";
import type { AskedEvaluation } from "../../../learning/training/askedEvaluation.ts";
import type { Evaluation } from "../../../learning/training/evaluation.ts";
import type { TrainingRun } from "../../../learning/training/train.ts";
import { findForeignScale } from "../split/foreignScale.ts";
import { measureOverlap } from "../split/overlap.ts";
import { type AskedFault, nameCall, UNDONE } from "./askedFault.ts";
import { asksNewRows, FEWEST_UNANSWERED, KNOWN_ROWS } from "./asksNewRows.ts";
import { errorOn, findBetterPrepared, isClearlyWorse } from "./betterPrepared.ts";
import { differByChance } from "./differByChance.ts";
import { findMisreading } from "./misreading.ts";
import { findPlainFactor } from "./plainFactor.ts";
import { findRenumberedReading } from "./renumberedReading.ts";
import { areNumberedAlone } from "./renumberedWords.ts";
import { ofNeverScaled, ofScaledAlone } from "./scaledOtherwise.ts";
import { findToldFault } from "./toldFaults.ts";

/**
 * Lists the faults of a subject's questions, in the order of the script.
 *
 * @param hasLearnt whether the run learns its training examples: what is answered tells of questions only then.
 */
export function findAskedFaults(
  subject: Subject,
  run: TrainingRun,
  hasLearnt: boolean,
): readonly AskedFault[] {
  const faults = (subject.asked ?? []).flatMap((question, index) => {
    // Targets of which it is not known which class they mean tell of the threshold alone.
    const answered = question.targets === "decided" ? undefined : run.asked?.[index];
    const fault =
      findToldFault(question) ??
      findMisreading(subject, run, question, run.asked?.[index]?.asAsked ?? null) ??
      ofScaledAlone(question) ??
      ofPlainFactor(subject, question) ??
      ofNeverScaled(question) ??
      ofCodes(subject, run, question, answered) ??
      ofColumns(subject, run, question, answered) ??
      (hasLearnt && answered ? ofAnswers(subject, run, question, answered) : null);
    return fault === null ? [] : [{ ...fault, index, question }];
  });
  return asksNewRows(subject, run) ? faults.filter(({ kind }) => kind !== "unanswered") : faults;
}

/** Whether new rows are held out and answered well enough, and those at hand are answered worse than they by chance alone. */
function isLikeHeldOut(subject: Subject, { heldOut }: TrainingRun, asAsked: Evaluation): boolean {
  if (!heldOut || !subject.heldOut || !differByChance(asAsked, heldOut)) return false;
  return measureOverlap(subject.train, subject.heldOut).seen < KNOWN_ROWS;
}

/** A fault of the question at hand. */
export type FoundFault = Omit<AskedFault, "index" | "question">;

function ofPlainFactor(subject: Subject, question: Question): FoundFault | null {
  const how = findPlainFactor(subject, question.examples);
  return how && ofPreparation(question, how, "");
}

/** Values that were encoded anew are sure without targets; where these are known, the codes of training must serve better. */
function ofCodes(
  subject: Subject,
  run: TrainingRun,
  question: Question,
  answered: AskedEvaluation | undefined,
): FoundFault | null {
  const { recoded = [] } = question;
  return recoded.length === 0 ? null : ofKnown(subject, run, question, { how: "codes", answered });
}

/** Columns by other names than those of training are sure without targets, too. */
function ofColumns(
  subject: Subject,
  run: TrainingRun,
  question: Question,
  answered: AskedEvaluation | undefined,
): FoundFault | null {
  return question.movedColumns ? ofKnown(subject, run, question, { how: "columns", answered }) : null;
}

interface Known {
  readonly how: "codes" | "columns";
  readonly answered: AskedEvaluation | undefined;
}

/** What the script tells by itself is a fault where no targets are known, or where the way of training serves better. */
function ofKnown(
  subject: Subject,
  run: TrainingRun,
  question: Question,
  { how, answered }: Known,
): FoundFault | null {
  const asked = answered?.asAsked && errorOf(subject, run, question, answered.asAsked);
  const other = answered?.otherwise.find((one) => one.how === how);
  const better = other && errorOf(subject, run, question, other.evaluation);
  if (!asked || !better) return ofPreparation(question, how, "");
  if (better.error > RECODED_FALLS_TO * asked.error) return null;
  const fall = `; their error, over that of the training mean, falls from ${printNumber(asked.error)} to ${printNumber(better.error)} by the ${how} of training`;
  return ofPreparation(question, how, fall);
}

/** By the codes or columns of training, the error falls to this share of it; what differs less may be chance. */
const RECODED_FALLS_TO = 0.9;

function ofPreparation(question: Question, how: Preparation, measured: string): FoundFault {
  return {
    kind: "prepared",
    place: question.place,
    words: `${nameCall(question)} asks about rows that are prepared otherwise than those of training: ${UNDONE[how]}${measured}`,
    repair: how,
  };
}

/** Says that the rows are answered badly, and well once they are prepared as those of training. */
function ofAnswers(
  subject: Subject,
  run: TrainingRun,
  question: Question,
  { asAsked, otherwise }: AskedEvaluation,
): FoundFault | null {
  // What training never heard of it may answer as it likes, and the script may leave it out when it compares.
  if (leavesStepsOut(subject.train) && !leavesStepsOut(question.examples)) return null;
  const asked = asAsked && errorOf(subject, run, question, asAsked);
  if (!asked || !isClearlyWorse(asked.error, question.examples)) return null;
  const better = findBetterPrepared(subject, run, question.examples, {
    error: asked.error,
    otherwise: otherwise.filter(({ how }) => isSeen(subject, question, how)),
  });
  const { scaledBack } = question;
  if (scaledBack)
    return {
      kind: "misread",
      place: scaledBack,
      words: `${nameCall({ call: "inverse_transform", place: scaledBack })} scales the answers back by another scaler than the one that scaled the targets of training: take that one`,
      ...(better && { repair: better.how }),
    };
  if (better) return ofPreparation(question, better.how, better.fall);
  const misread =
    question.targets === "given"
      ? findRenumberedReading(subject, question, { asAsked, asksOthers: asksNewRows(subject, run) })
      : null;
  if (misread) return misread;
  const isEnded = run.trace.cutShort === undefined;
  // An autoencoder may be asked about rows that it is to give back badly.
  const isSure =
    isEnded &&
    !givesBackItsInputs(subject) &&
    question.targets === "given" &&
    question.examples.count >= FEWEST_UNANSWERED;
  if (!isSure || asked.error < asked.bound || isLikeHeldOut(subject, run, asAsked)) return null;
  if (areNumberedAlone(subject, question.examples))
    return {
      kind: "prepared",
      place: question.place,
      words: `${nameCall(question)} asks about rows that are prepared otherwise than those of training: in both sets the lowest number is the most frequent word and each further one a rarer word, so that each set was numbered by a tokenizer of its own, and a number means another word here than in training; number new texts by the tokenizer that was fitted to the training texts`,
    };
  return {
    kind: "unanswered",
    place: question.place,
    words: `${nameCall(question)} asks about ${question.rows} rows that are answered with ${printNumber(asked.error)} times the error of the training mean`,
  };
}

/** Whether some steps of the targets do not count in the loss. */
function leavesStepsOut({ stepWeights, shownSteps }: Examples): boolean {
  return [stepWeights, shownSteps].some((table) => table?.includes(0));
}

/** Scales of columns are changed where they differ; the other ways leave no trace in the numbers. */
function isSeen({ train }: Subject, { examples }: Question, how: Preparation): boolean {
  if (how !== "scale" && how !== "targets" && how !== "channelsAndScale") return true;
  const sides = findForeignScale({ train, heldOut: examples });
  return sides === "both" || sides === (how === "targets" ? "targets" : "inputs");
}

function errorOf(subject: Subject, run: TrainingRun, question: Question, heldOut: Evaluation) {
  return errorOn(subject, run, question.examples, heldOut);
}
