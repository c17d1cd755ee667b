// A program's author chooses how long it trains, and how large its network is. Where it has told most of what there is to tell
// and nothing keeps it from telling more but that choice, there is no fault: it learns.

import { printBoth } from "../foundation/print/printNumber.ts";
import type { Subject } from "../learning/subject/subject.ts";
import type { TrainingRun } from "../learning/training/train.ts";
import type { Attainable } from "./evidence/reference/attainable.ts";
import type { Examination } from "./examine.ts";
import { beatsTheMean } from "./law/beatsTheMean.ts";
import { everyOutputVaries } from "./law/everyOutputVaries.ts";
import { generalises } from "./law/generalises.ts";
import type { LawResult } from "./law/law.ts";
import type { FairThresholds } from "./outcome/fairThresholds.ts";
import { worstHeldOut } from "./outcome/heldOutError.ts";
import { LEARNT } from "./outcome/judgedOutputs.ts";
import { FEW_ERRORS } from "./outcome/learntClasses.ts";
import { LEAST_RATIO } from "./outcome/leastRatio.ts";
import { outputChance } from "./outcome/outputChance.ts";
import { tellsHalf, VARIES_BY_HALF } from "./outcome/tellsHalf.ts";

/** The laws that ask how far a run has come in its steps. */
const HOW_FAR: readonly string[] = [beatsTheMean.name, everyOutputVaries.name, generalises.name];

/**
 * Leaves it to the author how far a run goes that is on its way: it tells more than half of every output in training, and
 * of held-out examples as much as is asked of any run, give or take the chance of which rows are held out; it breaks no law but
 * those that ask how far it has come; and nothing is suspected but that more steps, larger ones or more units would tell more.
 * These laws are then not asked. Where a regression on the same rows comes as far as they ask, the run has missed what is easy.
 *
 * A run whose subject has a bound of its own is held to that.
 */
export function leaveToAuthor(
  examination: Examination,
  subject: Subject,
  thresholds: FairThresholds,
): Examination {
  const { verdict, laws, findings, run } = examination;
  const broken = laws.filter(({ holds }) => !holds);
  const isOnItsWay =
    broken.length > 0 &&
    (verdict === "stalled" || verdict === "learns") &&
    thresholds.lossOverVariance >= LEARNT &&
    findings.every((finding) => finding.asksForMore === true) &&
    broken.every((law) => HOW_FAR.includes(law.name) && isNear(law, subject, run)) &&
    tellsHalf(run, thresholds) &&
    !run.train.outputs.some((_, place) => isEasy(thresholds.attainable?.(place) ?? null));
  if (!isOnItsWay) return examination;
  const [first] = findings;
  const why = first
    ? `nothing is suspected but that more of the same would tell more: ${first.evidence}`
    : "nothing that keeps it from telling more is found";
  return {
    ...examination,
    verdict: "learns",
    holds: true,
    laws: laws.filter(({ holds }) => holds),
    findings: [],
    notAsked: [
      ...examination.notAsked,
      ...broken.map((law) => ({ name: law.name, reason: `${printBound(law)}, and ${why}` })),
    ],
    onItsWay: `It is on its way: ${broken.map(printBound).join("; ")}. It tells more than half of what there is to tell, and ${why}.`,
  };
}

/** Whether the best reference tells as much of an output as is asked of a run. */
function isEasy(attainable: Attainable | null): boolean {
  if (attainable === null) return false;
  const { errorOverPrior, lossOverVariance } = attainable;
  return errorOverPrior === null ? lossOverVariance < LEARNT : errorOverPrior <= FEW_ERRORS;
}

/** Whether a run on its way may come to lie where a law measures it. */
function isNear({ name, measured, threshold }: LawResult, subject: Subject, run: TrainingRun): boolean {
  // What noise leaves lowers the bound of a number, and lowers what half of it is by as much.
  if (name === everyOutputVaries.name) return (measured ?? 0) >= (threshold / LEAST_RATIO) * VARIES_BY_HALF;
  if (name !== generalises.name) return true;
  const worst = worstHeldOut(subject, run);
  return worst !== null && worst.error < worst.bound + outputChance(worst);
}

function printBound({ measured, bound, threshold, detail }: LawResult): string {
  const [value, limit] = printBoth(measured, threshold);
  return `${detail} is ${value}, where ${bound} ${limit} is asked of a run that has arrived`;
}
